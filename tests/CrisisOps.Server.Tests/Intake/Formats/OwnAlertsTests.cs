using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Intake.Formats;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Formats;

/// <summary>Our own format: what an alert says, what is kept of what it says wrongly, and what is refused.</summary>
public sealed class OwnAlertsTests
{
    private const string Least = """{"externalRef":"ncw-8","title":"Live video of an attack"}""";

    [Fact]
    public void A_reference_and_a_title_are_enough()
    {
        var alert = Sent.Alert<OwnAlerts>(Least);

        alert.ExternalRef.ShouldBe("ncw-8");
        alert.Title.ShouldBe("Live video of an attack");
        alert.Action.ShouldBe(AlertAction.Trigger);
        alert.DedupKey.ShouldBeNull();
        alert.Marks.ShouldBeEmpty();
    }

    [Fact]
    public void Every_member_is_taken()
    {
        var alert = Sent.Alert<OwnAlerts>(
            """
            {"externalRef":"ncw-8","title":"Live video of an attack","action":"resolve","dedupKey":"station-12","text":"Since five minutes.","severity":"critical",
             "policyArea":"ViolenceAndIncitement","surface":"Live","product":"main","regions":["XN","xn-01"],"languages":["en","nb-NO"],
             "content":[{"itemId":"vid-77","itemType":"video","url":"https://agora.example/v/77"},"vid-78"],"evidence":["TICKET-5"],
             "threatToLife":true,"liveContent":true,"exercise":true,"tlp":"AMBER+STRICT","occurredAt":"2027-05-15T15:52:00+02:00","contactRef":"desk-3"}
            """);

        (alert.Action, alert.DedupKey, alert.Text, alert.SeverityWord).ShouldBe((AlertAction.Resolve, "station-12", "Since five minutes.", "critical"));
        (alert.PolicyArea, alert.Surface, alert.Product, alert.Tlp).ShouldBe((PolicyArea.ViolenceAndIncitement, Surface.Live, "main", Tlp.AmberStrict));
        alert.Regions.ShouldBe(["XN", "XN-01"]);
        alert.Languages.ShouldBe(["en", "nb-NO"]);
        alert.ContentRefs.ShouldBe([new ContentRef("vid-77", "video", "https://agora.example/v/77"), new ContentRef("vid-78", "item")]);
        alert.EvidenceRefs.ShouldBe(["TICKET-5"]);
        (alert.ThreatToLife, alert.LiveContent, alert.Exercise).ShouldBe((true, true, true));
        alert.OccurredAt.ShouldBe(new DateTimeOffset(2027, 5, 15, 13, 52, 0, TimeSpan.Zero));
        alert.ContactRef.ShouldBe("desk-3");
        alert.Marks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"title":"t"}""", "externalRef")]
    [InlineData("""{"externalRef":" ","title":"t"}""", "externalRef")]
    [InlineData("""{"externalRef":null,"title":"t"}""", "externalRef")]
    [InlineData("""{"externalRef":"r"}""", "title")]
    [InlineData("""{"externalRef":"r","title":"\u0000\u0001"}""", "title")]
    [InlineData("""{"externalRef":"r","title":{"en":"t"}}""", "title")]
    public void Without_them_it_is_refused(string body, string member)
    {
        var fault = Sent.Fault<OwnAlerts>(body);
        (fault.Member, fault.Status).ShouldBe((member, 422));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("[{\"externalRef\":\"r\",\"title\":\"t\"}]")]
    [InlineData("{\"externalRef\":\"r\",\"title\":\"t\"")]
    [InlineData("{\"externalRef\":\"r\",\"title\":\"t\"}}")]
    [InlineData("{\"externalRef\":\"r\",\"title\":\"t\"} {}")]
    [InlineData("{'externalRef':'r'}")]
    [InlineData("{\"content\":[{\"itemId\":")]
    [InlineData("{\"externalRef\":\"r\",\"title\":\"t\0\"}")]
    public void What_is_no_json_object_can_not_be_read(string body) => Sent.Fault<OwnAlerts>(body).Status.ShouldBe(400);

    [Fact]
    public void Members_that_nobody_knows_are_passed_over() =>
        Sent.Alert<OwnAlerts>("""{"x":{"y":[1,{"z":null}]},"externalRef":"r","title":"t","content":[{"itemId":"a","owner":{"id":1}}]}""").ContentRefs.ShouldBe([new ContentRef("a", "item")]);

    [Theory]
    [InlineData("action", "\"explode\"")]
    [InlineData("policyArea", "\"Weather\"")]
    [InlineData("policyArea", "\"Spam,Privacy\"")]
    [InlineData("policyArea", "3")]
    [InlineData("surface", "[\"Live\"]")]
    [InlineData("threatToLife", "\"perhaps\"")]
    [InlineData("exercise", "1")]
    [InlineData("tlp", "\"WHITE\"")]
    [InlineData("occurredAt", "\"yesterday\"")]
    [InlineData("occurredAt", "\"2027-05-15T13:52:00\"")]
    [InlineData("occurredAt", "\"1970-01-01T00:00:00Z\"")]
    [InlineData("occurredAt", "\"2027-02-30T00:00:00Z\"")]
    [InlineData("regions", "[\"Norland\"]")]
    [InlineData("regions", "[{}]")]
    [InlineData("languages", "[\"english!\"]")]
    [InlineData("content", "[{\"itemType\":\"video\"}]")]
    [InlineData("content", "[{\"itemId\":\"v\",\"url\":\"\\u0007\"}]")]
    [InlineData("evidence", "[\"\"]")]
    [InlineData("contactRef", "\"reporter@ncw.example\"")]
    [InlineData("text", "{\"en\":\"t\"}")]
    public void A_value_that_is_none_is_left_out_and_marked(string member, string value)
    {
        var alert = Sent.Alert<OwnAlerts>($$"""{"externalRef":"r","title":"t","{{member}}":{{value}}}""");

        alert.Marks.ShouldHaveSingleItem().ShouldStartWith(member);
        (alert.PolicyArea, alert.Surface, alert.Tlp, alert.OccurredAt, alert.ContactRef, alert.Text).ShouldBe((null, null, null, null, null, null));
        (alert.Regions.Count, alert.Languages.Count, alert.EvidenceRefs.Count).ShouldBe((0, 0, 0));
        (alert.Action, alert.ThreatToLife, alert.Exercise).ShouldBe((AlertAction.Trigger, false, false));
    }

    [Theory]
    [InlineData("2027-05-15T13:52:00Z")]
    [InlineData("2027-05-15t13:52:00z")]
    [InlineData("2027-05-15T13:52:00.000000000Z")]
    [InlineData("2027-05-15T15:52:00+02:00")]
    [InlineData("2027-05-15T15:52:00.0+0200")]
    public void An_instant_is_read_as_others_write_it(string instant) =>
        Sent.Alert<OwnAlerts>($$"""{"externalRef":"r","title":"t","occurredAt":"{{instant}}"}""").OccurredAt.ShouldBe(new DateTimeOffset(2027, 5, 15, 13, 52, 0, TimeSpan.Zero));

    [Fact]
    public void What_is_said_of_the_future_is_handed_on_as_it_was_said() =>
        Sent.Alert<OwnAlerts>("""{"externalRef":"r","title":"t","occurredAt":"2031-01-01T00:00:00Z"}""").OccurredAt.ShouldBe(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("Voter_Interference")]
    [InlineData("voter interference")]
    [InlineData("VOTERINTERFERENCE")]
    public void Words_are_known_in_any_spelling(string word) =>
        Sent.Alert<OwnAlerts>($$"""{"externalRef":"r","title":"t","policyArea":"{{word}}"}""").PolicyArea.ShouldBe(PolicyArea.VoterInterference);

    [Fact]
    public void A_long_title_is_cut_and_stands_in_the_text_as_a_whole()
    {
        var title = new string('a', 298) + "😀😀";
        var alert = Sent.Alert<OwnAlerts>($$"""{"externalRef":"r","title":"{{title}}","text":"More."}""");

        alert.Title.ShouldBe(new string('a', 298) + "…");
        alert.Text.ShouldBe($"{title}\n\nMore.");
        alert.Marks.ShouldBe(["title: cut to 300 characters."]);
    }

    [Fact]
    public void Texts_and_lists_are_cut_and_marked()
    {
        var alert = Sent.Alert<OwnAlerts>(
            $$"""{"externalRef":"r","title":"t","text":"{{new string('x', 20_000)}}","severity":"{{new string('s', 60)}}","content":[{{string.Join(',', Enumerable.Range(0, 150).Select(i => $"\"c-{i}\""))}}]}""");

        alert.Text!.Length.ShouldBe(10_000);
        alert.SeverityWord!.Length.ShouldBe(50);
        alert.ContentRefs.Count.ShouldBe(100);
        alert.Marks.Count.ShouldBe(3);
    }

    [Fact]
    public void Names_are_never_cut_so_that_two_stay_two()
    {
        var (one, other) = (Sent.Alert<OwnAlerts>(Named(new string('n', 300) + "1")), Sent.Alert<OwnAlerts>(Named(new string('n', 300) + "2")));

        one.ExternalRef.ShouldStartWith("sha256:");
        one.ExternalRef.ShouldNotBe(other.ExternalRef);
        one.DedupKey.ShouldNotBe(other.DedupKey);
        Sent.Alert<OwnAlerts>(Named(new string('n', 300) + "1")).ExternalRef.ShouldBe(one.ExternalRef);
        one.Marks.Count.ShouldBe(2);
    }

    [Fact]
    public void Half_a_character_and_a_nul_are_mended_and_marked()
    {
        var alert = Sent.Alert<OwnAlerts>("""{"externalRef":"r\u0000","title":"\ufffd cut \ud83d","text":"a\u0000b\u202ec \"\u00e6\\\n"}""");

        alert.ExternalRef.ShouldStartWith("sha256:");
        alert.Title.ShouldBe("\ufffd cut \ufffd");
        alert.Text.ShouldBe("abc \"æ\\");
        alert.Marks.Count.ShouldBe(3);
    }

    [Fact]
    public void Bytes_that_are_no_utf_8_are_mended_and_marked()
    {
        var format = new OwnAlerts();
        byte[] body = [.. "{\"externalRef\":\"r\",\"title\":\"caf"u8, 0xE9, .. "\"}"u8];
        var alert = format.Read(Sent.Request(format, body)).Alerts.Single().Alert.ShouldNotBeNull();

        alert.Title.ShouldBe("caf\ufffd");
        alert.Marks.ShouldBe(["title: characters that can not be shown were taken out or replaced."]);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() => Sent.Alert<OwnAlerts>("\ufeff" + Least).ExternalRef.ShouldBe("ncw-8");

    [Fact]
    public void One_alert_has_at_most_512_kB()
    {
        Sent.Fault<OwnAlerts>($$"""{"externalRef":"r","title":"t","text":"{{new string('x', 10_000_000)}}"}""").Status.ShouldBe(413);
        Sent.Alert<OwnAlerts>($$"""{"externalRef":"r","title":"t","text":"{{new string('x', 500_000)}}"}""").Text!.Length.ShouldBe(10_000);
    }

    [Fact]
    public async Task The_answer_is_202_with_a_receipt_or_names_the_member()
    {
        (await Sent.Answered<OwnAlerts>(Least)).ShouldBe((202, """{"receipt":"00000001-0000-0000-0000-000000000000"}"""));

        var (status, body) = await Sent.Answered<OwnAlerts>("""{"externalRef":"r"}""");
        status.ShouldBe(422);
        body.ShouldContain("\"errors\":{\"title\":");
        (await Sent.Answered<OwnAlerts>("{")).Status.ShouldBe(400);
        (await Sent.Answered<OwnAlerts>(new string(' ', 600_000))).Status.ShouldBe(413);
    }

    private static string Named(string name) => $$"""{"externalRef":"{{name}}","title":"t","dedupKey":"{{name}}"}""";
}
