using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>What is over stays over: no late record, no second sending and no old link brings it back.</summary>
public sealed class OvertakenTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    [Fact]
    public async Task A_link_for_one_thing_is_none_for_another()
    {
        var (key, name) = await server.Partner();
        await (await server.Manager()).Gives(key, "register-endpoint", new { channel = "Webhook", address = server.Receiver.Url($"/{key}") });
        var confirm = Link(await server.Receiver.Next($"/{key}"), "confirm");
        (await server.Follow(confirm)).ShouldBe(200);
        await Issue(name);
        var acknowledge = Link(await server.Receiver.Next($"/{key}"), "acknowledge");

        (await server.Follow(confirm.Replace("/confirm/", "/acknowledge/", StringComparison.Ordinal))).ShouldBeProblem(404, "not-found");
        (await server.Follow(acknowledge.Replace("/acknowledge/", "/confirm/", StringComparison.Ordinal))).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task An_endpoint_that_was_taken_up_again_is_confirmed_by_the_new_link_only()
    {
        var (key, _) = await server.Partner();
        var manager = await server.Manager();
        await manager.Gives(key, "register-endpoint", new { channel = "Webhook", address = server.Receiver.Url($"/{key}") });
        var old = Link(await server.Receiver.Next($"/{key}"), "confirm");
        await manager.Gives(key, "disable-endpoint", new { endpointId = "EP-1", reason = "somebody else has the domain now" });
        await manager.Gives(key, "enable-endpoint", new { endpointId = "EP-1" });
        var newest = Link(await server.Receiver.Next($"/{key}"), "confirm");

        (await server.Follow(old)).ShouldBeProblem(404, "not-found");
        (await manager.Read(key)).GetProperty("endpoints")[0].GetProperty("verified").GetBoolean().ShouldBeFalse();
        (await server.Follow(newest)).ShouldBe(200);
    }

    [Fact]
    public async Task What_is_acknowledged_after_the_all_clear_is_on_the_record_and_nothing_is_sent_for_it()
    {
        var (key, name, path) = await server.Reachable();
        var (crisis, alert) = await Issue(name);
        var link = Link(await server.Receiver.Next(path), "acknowledge");
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
        await crisis.Liaison.Gives(crisis.Key, "cancel-alert", new { alertId = alert, text = "No further action is needed." });
        await server.Receiver.Next(path);

        (await server.Follow(link, new { by = "duty officer" })).ShouldBe(200);

        (await crisis.Lead.Read(crisis.Key)).GetProperty("alerts")[0].GetProperty("acks").GetArrayLength().ShouldBe(1);
        await server.Delivery($"recipient={key}&kind=Alert", "Acknowledged");
        (await server.Deliveries($"recipient={key}&kind=AlertCancel")).ShouldHaveSingleItem();
        server.Receiver.ShouldHaveNothingElse();
    }

    [Fact]
    public async Task What_fails_while_the_alert_is_cancelled_is_not_sent_again()
    {
        var (key, name, path) = await server.Reachable();
        var answer = new TaskCompletionSource();
        server.Receiver.On(path, async http =>
        {
            await answer.Task;
            http.Response.StatusCode = 500;
        });
        var (crisis, alert) = await Issue(name);
        await server.Receiver.Next(path);
        server.Receiver.Answers(path, 204);
        await crisis.Liaison.Gives(crisis.Key, "cancel-alert", new { alertId = alert, text = "No further action is needed." });
        (await server.Receiver.Next(path)).Text.ShouldContain("PartnerAlertCancelled");
        answer.SetResult();

        (await server.Delivery($"recipient={key}&kind=Alert", "Cancelled")).GetProperty("reason").GetString().ShouldBe("alert-over");
        await server.Delivery($"recipient={key}&kind=AlertCancel", "Delivered");
        var api = await server.Manager();
        await api.MoveTo((await api.Now()).AddHours(2));
        server.Receiver.ShouldHaveNothingElse();
    }

    [Fact]
    public async Task What_was_given_up_is_not_sent_again_after_the_all_clear()
    {
        var (key, name, path) = await server.Reachable();
        var (crisis, alert) = await Issue(name);
        await server.Receiver.Next(path);
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
        await server.Database.Execute("update crisis.deliveries set state = 'Exhausted', reason = '500' where recipient = $1 and kind = 'Alert'", key);
        await crisis.Liaison.Gives(crisis.Key, "cancel-alert", new { alertId = alert, text = "No further action is needed." });
        await server.Receiver.Next(path);

        (await crisis.Lead.Send(HttpMethod.Post, "/v1/deliveries/redeliver", new { recipient = key })).ShouldBe(200).Json.GetProperty("again").GetArrayLength().ShouldBe(0);

        (await server.Deliveries($"recipient={key}&kind=Alert")).ShouldHaveSingleItem().GetProperty("state").GetString().ShouldBe("Cancelled");
        server.Receiver.ShouldHaveNothingElse();
    }

    [Fact]
    public async Task Nothing_is_sent_again_to_a_partner_that_was_offboarded_and_the_record_stays_as_it_was()
    {
        var (key, name, path) = await server.Reachable();
        var (crisis, _) = await Issue(name);
        var id = (await server.Receiver.Next(path)).Id;
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
        await (await server.Manager()).Gives(key, "offboard", new { reason = "the agreement has ended" });

        (await crisis.Lead.Send(HttpMethod.Post, "/v1/deliveries/redeliver", new { ids = new[] { id }, alsoDelivered = true })).ShouldBe(200).Json.GetProperty("again").GetArrayLength().ShouldBe(0);

        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
        server.Receiver.ShouldHaveNothingElse();
    }

    [Theory]
    [InlineData("Cancelled", "acknowledged", AttemptResult.Failed)]
    [InlineData("Cancelled", "acknowledged", AttemptResult.Gone)]
    [InlineData("Cancelled", "alert-over", AttemptResult.Delivered)]
    [InlineData("Acknowledged", null, AttemptResult.Failed)]
    [InlineData("Acknowledged", null, AttemptResult.Delivered)]
    [InlineData("Exhausted", "500", AttemptResult.Failed)]
    [InlineData("Suppressed", "not-active", AttemptResult.Delivered)]
    public async Task A_late_record_brings_nothing_back(string state, string? reason, AttemptResult result)
    {
        var id = await Row(state, reason, attempts: 0);

        await Record(id, attempts: 0, result);

        (await Stands(id)).ShouldBe($"{state} {reason ?? "-"} 1 f");
    }

    [Fact]
    public async Task A_record_that_comes_after_the_next_attempt_began_does_not_give_that_one_free()
    {
        var id = await Row("Queued", null, attempts: 1, leased: true);

        await Record(id, attempts: 0, AttemptResult.Failed);

        (await Stands(id)).ShouldBe("Queued - 1 t");
    }

    private async Task<string> Row(string state, string? reason, int attempts, bool leased = false)
    {
        var id = $"msg_{Guid.NewGuid():N}";
        await server.Database.Execute(
            """
            insert into crisis.deliveries (id, incident, kind, about, recipient, endpoint, target, channel, tlp, ordered, subject, content_type, body, body_hash, state, reason, attempts, created_at, next_at, leased_until)
            values ($1, 'CR-1', 'Alert', 'x', 'PRT-999', 'EP-1', 'PRT-999/EP-1', 'Webhook', 0, false, '', 'text/plain', '', '', $2, $3, $4, now(), now() + interval '10 y', case when $5 then now() + interval '1 h' end)
            """,
            id, state, reason, attempts, leased);
        return id;
    }

    private Task Record(string id, int attempts, AttemptResult result) => server.Node.Services.GetRequiredService<DeliveryRecorder>().Record(new MadeAttempt(
        new LeasedDelivery(new Addressed(id, "CR-1", "PRT-999", "EP-1", DeliveryKind.Alert, Tlp.CLEAR, null, null), "PRT-999/EP-1", Channel.Webhook, attempts, RenderedMessage.None, "", 0),
        new AttemptOutcome(result, "500"), DateTimeOffset.UtcNow, TimeSpan.Zero));

    private Task<string> Stands(string id) => server.Database.Scalar<string>(
        "select state || ' ' || coalesce(reason, '-') || ' ' || attempts || ' ' || case when leased_until > now() then 't' else 'f' end from crisis.deliveries where id = $1", id);

    private static string Link(ReceivedRequest came, string which) => JsonDocument.Parse(came.Body).RootElement.GetProperty("data").GetProperty(which).GetString()!;

    private async Task<(CrisisStories.Crisis Crisis, string Alert)> Issue(string name)
    {
        var crisis = await server.StandUp();
        var issued = await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline = "Live video of an attack", text = "Match these hashes." });
        return (crisis, issued.Json.GetProperty("events")[0].GetProperty("alertId").GetString()!);
    }
}
