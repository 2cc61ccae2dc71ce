using System.Text.Json;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Enforcement;

/// <summary>What is decided goes to the platform's systems, once, signed, and with no more than they need.</summary>
public sealed class OrderTests(EnforcementServer server) : IClassFixture<EnforcementServer>
{
    [Fact]
    public async Task An_approved_decision_goes_out_signed_and_says_what_is_to_be_done()
    {
        var key = await server.Decided(["RemoveContent", "TerminateAccount", "ReferToLawEnforcement"], Reported);

        var came = await server.Order(key);
        var message = JsonDocument.Parse(came.Body).RootElement;
        message.GetProperty("specversion").GetString().ShouldBe("1.0");
        message.GetProperty("id").GetString().ShouldBe(came.Id);
        message.GetProperty("type").GetString().ShouldBe("org.crisisops.escalation.EnforcementOrdered.v1");
        message.GetProperty("source").GetString().ShouldBe($"/v1/escalations/{key}");
        message.GetProperty("severitytext").GetString().ShouldBe("SEV2");
        message.GetProperty("severitynumber").GetInt32().ShouldBe(3);
        var data = message.GetProperty("data");
        var decision = data.GetProperty("decision").GetString()!;
        decision.ShouldBe(message.GetProperty("subject").GetString());
        data.GetProperty("order").GetString().ShouldBe(came.Id);
        data.GetProperty("actions").GetRawText().ShouldBe($$"""[{"actionId":"{{decision}}/1","action":"RemoveContent"},{"actionId":"{{decision}}/2","action":"TerminateAccount"}]""");
        data.GetProperty("content").GetRawText().ShouldBe("""[{"itemId":"vid-77","itemType":"video"}]""");
        data.GetProperty("territorialScope").GetRawText().ShouldBe("""["Global"]""");
        data.GetProperty("exercise").GetBoolean().ShouldBeFalse();
        came.Headers["Content-Type"].ShouldBe("application/cloudevents+json");
        came.Headers["webhook-signature"].ShouldBe(
            $"v1,{Convert.ToBase64String(EnforcementServer.Hmac(EnforcementServer.Secret, $"{came.Id}.{came.Headers["webhook-timestamp"]}.{came.Text}"))}");
        (await server.Delivered(key, "Delivered")).GetProperty("id").GetString().ShouldBe(came.Id);
    }

    [Fact]
    public async Task No_address_of_content_no_reporter_and_no_reason_is_in_the_bytes_or_in_a_log()
    {
        var key = await server.Decided(["RemoveContent"], Reported);
        var came = await server.Order(key);

        foreach (var secret in (string[])["http", "watch/77", "vault-9", "RATIONALE", "polling station", "EVD-1", "spec-04", "lead-01"])
        {
            came.Text.ShouldNotContain(secret);
        }

        server.Log.All.ShouldAllBe(line => !line.Contains("hush", StringComparison.Ordinal) && !line.Contains(EnforcementServer.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_no_system_carries_out_is_not_ordered()
    {
        var key = await server.Decided(["NoAction"], verdict: "NoViolation");
        await server.Database.RulesHeard();

        (await server.Deliveries($"incident={key}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_exercise_never_reaches_the_platform()
    {
        var key = await server.Decided(["RemoveContent"], new { exercise = true });
        await server.Database.RulesHeard();

        (await server.Deliveries($"incident={key}&kind=EnforcementOrder")).ShouldHaveSingleItem().GetProperty("reason").GetString().ShouldBe("exercise");
        server.Receiver.ShouldHaveNothingElse();
    }

    [Fact]
    public async Task An_interim_action_is_ordered_at_once_and_undone_at_its_end()
    {
        var specialist = await server.Specialist();
        var expires = (await specialist.Now()).AddHours(1);
        var key = await specialist.RaisedWithInterimAction(expires);

        var order = await server.Order(key);
        var data = EnforcementServer.Data(order);
        data.GetProperty("actions").GetRawText().ShouldBe("""[{"actionId":"ACT-1","action":"Demote"}]""");
        data.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(expires, TimeSpan.FromMilliseconds(1));
        data.TryGetProperty("decision", out _).ShouldBeFalse();
        order.Text.ShouldNotContain("the posts"); // the scope in words stays here
        (await server.Confirm(order.Id, EnforcementServer.Done("ACT-1", "RNK-1"))).ShouldBe(200);
        (await specialist.Read(key)).GetProperty("interimActions")[0].GetProperty("result").GetProperty("externalRef").GetString().ShouldBe("RNK-1");

        await specialist.MoveTo(expires.AddSeconds(1));

        var end = await server.Order(key);
        JsonDocument.Parse(end.Body).RootElement.GetProperty("type").GetString().ShouldBe("org.crisisops.escalation.EnforcementEnded.v1");
        (await server.Confirm(end.Id, EnforcementServer.Done("ACT-1"))).ShouldBe(200).Json.GetProperty("recorded").GetBoolean().ShouldBeTrue();
        (await specialist.Read(key)).GetProperty("interimActions")[0].GetProperty("undone").GetProperty("undo").GetBoolean().ShouldBeTrue();
        (await server.By(key, "enforcement_executed")).ShouldBe(["system", "system"]);
    }

    [Fact]
    public async Task An_end_that_a_decision_has_taken_over_undoes_nothing()
    {
        var specialist = await server.Specialist();
        var key = await server.Proposed(["Demote"]);
        (await (await server.Lead()).Post(key, "take-interim-action", new { action = "Demote", scope = "the posts", reason = "spreading" })).ShouldBeDone();
        (await (await server.Lead()).Post(key, "approve-decision", new { })).ShouldBeDone(); // their own interim action is not seconded by it
        await server.Order(key);
        await server.Order(key);

        await specialist.Pass(TimeSpan.FromHours(5));
        await server.Database.RulesHeard();

        (await server.By(key, "interim_action_expired")).ShouldHaveSingleItem();
        (await server.Deliveries($"incident={key}&kind=EnforcementOrder")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task While_the_platform_is_down_an_order_waits_and_comes_again_with_the_same_id()
    {
        server.Receiver.Answers(EnforcementServer.Path, 500);
        var key = await server.Decided(["RemoveContent"]);
        var first = await server.Order(key);
        await Eventually.Is(async () => (await server.Delivered(key, "Queued")).GetProperty("attempts").GetInt32() == 1, "the failure is on the record");
        (await (await server.Lead()).Get("/v1/enforcement/status")).ShouldBe(200).Json.GetProperty("waiting").GetInt32().ShouldBeGreaterThan(0);

        server.Receiver.Answers(EnforcementServer.Path, 204);
        await (await server.Specialist()).Pass(TimeSpan.FromSeconds(6));

        (await server.Order(key)).Id.ShouldBe(first.Id);
        await server.Delivered(key, "Delivered");
    }

    [Fact]
    public async Task What_was_done_by_hand_while_the_order_waited_is_not_asked_for_again()
    {
        server.Receiver.Answers(EnforcementServer.Path, 500);
        var key = await server.Decided(["RemoveContent"]);
        await server.Order(key);
        await Eventually.Is(async () => (await server.Delivered(key, "Queued")).GetProperty("attempts").GetInt32() == 1, "the failure is on the record");
        (await (await server.Specialist()).Post(key, "record-enforcement", new { results = new[] { new { action = "RemoveContent", done = true } } })).ShouldBeDone();

        server.Receiver.Answers(EnforcementServer.Path, 204);
        await (await server.Specialist()).Pass(TimeSpan.FromSeconds(6));

        (await server.Delivered(key, "Suppressed")).GetProperty("reason").GetString().ShouldBe("overtaken");
    }

    [Fact]
    public async Task An_action_that_was_not_done_after_all_is_ordered_again()
    {
        var key = await server.Decided(["RemoveContent", "Label"]);
        var first = await server.Order(key);
        var action = EnforcementServer.Data(first).GetProperty("actions")[0].GetProperty("actionId").GetString()!;
        (await server.Confirm(first.Id, EnforcementServer.Done(action))).ShouldBe(200);

        (await (await server.Specialist()).Post(key, "correct-enforcement", new { actionId = action, done = false, reason = "a copy is up" })).ShouldBeDone();

        var again = await server.Order(key);
        again.Id.ShouldNotBe(first.Id);
        EnforcementServer.Data(again).GetProperty("actions").EnumerateArray().ShouldHaveSingleItem().GetProperty("actionId").GetString().ShouldBe(action);
        (await server.Confirm(again.Id, EnforcementServer.Done(action))).ShouldBe(200).Json.GetProperty("recorded").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Who_runs_the_platform_tries_it_and_sees_how_it_does_but_no_secret()
    {
        var lead = await server.Lead();
        var test = (await lead.Send(HttpMethod.Post, "/v1/enforcement/test")).ShouldBe(202)["delivery"]!;
        ReceivedRequest came;
        do
        {
            came = await server.Receiver.Next(EnforcementServer.Path);
        }
        while (came.Id != test);

        var status = default(Answer);
        await Eventually.Is(async () => (status = (await lead.Get("/v1/enforcement/status")).ShouldBe(200)).Json.GetProperty("lastTest").GetProperty("state").GetString() == "Delivered", "the test is delivered");
        status!.Json.GetProperty("configured").GetBoolean().ShouldBeTrue();
        status.Json.GetProperty("lastDelivered").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(await lead.Now());
        status.Text.ShouldNotContain("hush");
        status.Text.ShouldNotContain("whsec_");
        var specialist = await server.Specialist();
        (await specialist.Get("/v1/enforcement/status")).ShouldBeProblem(403, "forbidden");
        (await specialist.Send(HttpMethod.Post, "/v1/enforcement/test")).ShouldBeProblem(403, "forbidden");
        (await (await server.As("admin-01", roles: ["admin"])).Get("/v1/enforcement/status")).ShouldBe(200);
    }

    [Fact]
    public async Task Nobody_else_may_send_to_where_the_platform_stands()
    {
        var (key, _) = await server.Partner();
        await (await server.Manager()).Gives(key, "register-endpoint", new { channel = "Webhook", address = server.Receiver.Url("/somebody-else") });

        await Eventually.Is(async () => await server.Database.Scalar<long>("select count(*) from crisis.delivery_attempts a join crisis.deliveries d on d.id = a.delivery where d.recipient = $1 and a.status = 'address-refused'", key) > 0, "the address is refused");
    }

    private static object Reported => new
    {
        exercise = false,
        requester = new { contactRef = "vault-9" },
        contentRefs = new[] { new { itemId = "vid-77", itemType = "video", url = "https://platform.example/watch/77" } },
    };
}
