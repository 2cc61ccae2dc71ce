using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Intake.Formats;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Formats;

/// <summary>The callback of Coop.</summary>
public sealed class CoopTests
{
    private const string Callback = """
        {"item":{"id":"vid-77","typeId":"video"},"action":{"id":"escalate-to-crisis"},
         "policies":[{"id":"p1","name":"Violence and incitement","penalty":"SEVERE"},{"id":"p2","name":"Spam","penalty":"LOW"}],
         "rules":[{"id":"r1","name":"Live weapons"}],"custom":{"region":"XN","threatToLife":true,"desk":"north"},
         "actorEmail":"moderator@agora.example","decisionReason":"Shots are heard.","userStrikeCount":3}
        """;

    [Fact]
    public void A_callback_is_an_alert_about_its_item()
    {
        var alert = Sent.Alert<Coop>(Callback);

        (alert.Format, alert.Action, alert.Title).ShouldBe((AlertFormat.Coop, AlertAction.Trigger, "Coop: escalate-to-crisis (Violence and incitement)"));
        alert.Text.ShouldBe("Shots are heard.\nPolicies: Violence and incitement, Spam\nRules: Live weapons\nStrikes of the user: 3");
        (alert.SeverityWord, alert.PolicyArea, alert.ThreatToLife).ShouldBe(("SEVERE", PolicyArea.ViolenceAndIncitement, true));
        alert.ContentRefs.ShouldBe([new ContentRef("vid-77", "video")]);
        alert.Regions.ShouldBe(["XN"]);
        alert.Marks.ShouldBeEmpty();
    }

    [Fact]
    public void Who_took_the_action_is_not_kept() => JsonSerializer.Serialize(Sent.Alert<Coop>(Callback)).ShouldNotContain("moderator");

    [Fact]
    public void The_item_and_the_action_are_enough()
    {
        var alert = Sent.Alert<Coop>("""{"item":{"id":"vid-77"},"action":{"id":"a"},"policies":null,"custom":[1]}""");
        (alert.Title, alert.Text, alert.PolicyArea, alert.SeverityWord).ShouldBe(("Coop: a", null, null, null));
    }

    [Theory]
    [InlineData("""{"action":{"id":"a"}}""", "item.id", 422)]
    [InlineData("""{"item":{"id":""},"action":{"id":"a"}}""", "item.id", 422)]
    [InlineData("""{"item":"vid-77","action":{"id":"a"}}""", "item.id", 422)]
    [InlineData("""{"item":{"id":"vid-77"}}""", "action.id", 422)]
    [InlineData("""{"item":{"id":"vid-77"},"action":{}}""", "action.id", 422)]
    [InlineData("[]", "", 400)]
    [InlineData("{\"item\":", "", 400)]
    public void Without_them_it_is_refused(string body, string member, int status) =>
        Sent.Fault<Coop>(body).ShouldSatisfyAllConditions(f => f.Member.ShouldBe(member), f => f.Status.ShouldBe(status));

    [Fact]
    public void The_same_callback_within_the_hour_is_the_same_alert()
    {
        var format = new Coop();
        string Reference(string body, double hours) => format.Read(Sent.Request(format, body) with { ReceivedAt = Sent.Now.AddHours(hours) }).Alerts.Single().Alert!.ExternalRef;

        Reference(Callback, 0).ShouldBe(Reference(Callback, 0.01));
        Reference(Callback, 0).ShouldNotBe(Reference(Callback, 2));
        Reference(Callback, 0).ShouldNotBe(Reference(Callback.Replace("vid-77", "vid-78"), 0));
    }

    [Fact]
    public async Task The_answer_is_202_with_a_receipt() => (await Sent.Answered<Coop>(Callback)).ShouldBe((202, """{"receipt":"00000001-0000-0000-0000-000000000000"}"""));
}
