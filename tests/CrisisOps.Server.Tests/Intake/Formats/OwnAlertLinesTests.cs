using System.Text;
using CrisisOps.Server.Intake.Formats;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Formats;

/// <summary>Many alerts in one request: the good lines count, the bad ones are named by number.</summary>
public sealed class OwnAlertLinesTests
{
    private const string Lines = "application/x-ndjson";

    [Fact]
    public void Each_line_is_an_alert_with_its_number_and_its_bytes()
    {
        var alerts = Sent.To<OwnAlerts>($"{Line(1)}\r\n\n  \n{Line(2)}\n", Lines).Alerts;

        alerts.Select(a => (a.Line, a.Alert!.ExternalRef)).ShouldBe([(1, "r-1"), (4, "r-2")]);
        alerts.Select(a => Encoding.UTF8.GetString(a.Raw.Span)).ShouldBe([Line(1), Line(2)]);
    }

    [Fact]
    public void A_bad_line_spoils_no_other()
    {
        var alerts = Sent.To<OwnAlerts>($$"""
            {{Line(1)}}
            {"externalRef":"r-2"}
            not json
            {{Line(4)}}
            {"externalRef":"r-5","title":"cut o
            """, Lines).Alerts;

        alerts.Where(a => a.Alert is not null).Select(a => a.Line).ShouldBe([1, 4]);
        alerts.Where(a => a.Fault is not null).Select(a => (a.Line, a.Fault!.Member, a.Fault.Status)).ShouldBe([(2, "title", 422), (3, "", 400), (5, "", 400)]);
    }

    [Fact]
    public void A_line_of_ten_megabytes_is_a_bad_line() =>
        Sent.To<OwnAlerts>($$"""{"externalRef":"r","title":"t","text":"{{new string('x', 10_000_000)}}"}{{'\n'}}{{Line(2)}}""", Lines).Alerts.Select(a => a.Fault?.Status).ShouldBe([413, null]);

    [Fact]
    public void Ten_thousand_lines_are_taken_and_one_more_is_refused_as_a_whole()
    {
        var most = string.Join('\n', Enumerable.Range(1, 10_000).Select(Line));
        Sent.To<OwnAlerts>(most, Lines).Alerts.Count(a => a.Alert is not null).ShouldBe(10_000);

        var refused = Sent.To<OwnAlerts>($"{most}\n\n{Line(0)}", Lines);
        refused.Refused!.Status.ShouldBe(413);
        refused.Alerts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \n\t\n")]
    public void A_request_without_a_line_is_refused(string body) => Sent.To<OwnAlerts>(body, Lines).Refused!.Status.ShouldBe(400);

    [Fact]
    public async Task Each_line_is_answered_by_its_number()
    {
        var (status, body) = await Sent.Answered<OwnAlerts>($"{Line(1)}\n\n{{\"externalRef\":\"r\"}}\n", Lines);

        status.ShouldBe(202);
        body.ShouldBe("{\"line\":1,\"receipt\":\"00000001-0000-0000-0000-000000000000\"}\n{\"line\":3,\"error\":{\"member\":\"title\",\"what\":\"It is required: what goes on, in 1 to 300 characters.\",\"status\":422}}\n");
    }

    [Fact]
    public async Task When_no_line_is_kept_the_status_says_so()
    {
        (await Sent.Answered<OwnAlerts>("x\ny", Lines)).Status.ShouldBe(400);
        (await Sent.Answered<OwnAlerts>("x\n{\"externalRef\":\"r\"}", Lines)).Status.ShouldBe(422);
        (await Sent.Answered<OwnAlerts>($"x\n{Line(2)}", Lines)).Status.ShouldBe(202);
    }

    private static string Line(int number) => $$"""{"externalRef":"r-{{number}}","title":"Alert {{number}}"}""";
}
