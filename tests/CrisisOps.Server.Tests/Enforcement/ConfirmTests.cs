using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Enforcement;

/// <summary>The platform's own word becomes the case's record, once; nobody else's does.</summary>
public sealed class ConfirmTests(EnforcementServer server) : IClassFixture<EnforcementServer>
{
    [Fact]
    public async Task What_the_platform_did_is_recorded_and_the_legal_clock_is_met()
    {
        var key = await server.Decided(
            ["RemoveContent"], new { source = "GovernmentOrder", legalBasis = "EU-TCO-Art3", evidenceRefs = new[] { "EVD-4" }, requester = new { contactRef = "CNT-4" } }, "Comply");
        var (order, actions) = await Ordered(key);
        var at = (await server.Node.With(null).Now()).AddSeconds(-1);

        var answer = (await server.Confirm(order, EnforcementServer.Done(actions[0], "ENF-4711", at))).ShouldBe(200);

        answer.Text.ShouldBe($$"""{"order":"{{order}}","recorded":true}""");
        (await server.By(key, "enforcement_executed")).ShouldBe(["system"]);
        var state = await (await server.Lead()).Read(key);
        var result = state.GetProperty("decision").GetProperty("results")[0];
        result.GetProperty("externalRef").GetString().ShouldBe("ENF-4711");
        result.GetProperty("done").GetBoolean().ShouldBeTrue();
        state.GetProperty("clocks").EnumerateArray().Single(c => c.GetProperty("kind").GetString() == "Legal").GetProperty("metAt").GetDateTimeOffset().ShouldBe(at, TimeSpan.FromMilliseconds(1));
        var delivery = await server.Delivered(key, "Acknowledged");
        delivery.GetProperty("acknowledgedBy").GetString().ShouldBe("platform");
        delivery.GetProperty("acknowledgedThrough").GetString().ShouldBe("Platform");
    }

    [Fact]
    public async Task What_failed_is_recorded_as_failed_and_may_be_done_later()
    {
        var key = await server.Decided(["RemoveContent", "TerminateAccount"]);
        var (order, actions) = await Ordered(key);

        (await server.Confirm(order, EnforcementServer.Done(actions[0]), EnforcementServer.Failed(actions[1], "account service down"))).ShouldBe(200);

        (await server.By(key, "enforcement_executed")).Count.ShouldBe(1);
        (await server.By(key, "enforcement_failed")).Count.ShouldBe(1);
        (await (await server.Specialist()).Post(key, "resolve", new { outcome = "ViolationActioned" })).ShouldBeProblem(422, "guard-failed", guard: "actions-done");

        (await server.Confirm(order, EnforcementServer.Done(actions[1]))).ShouldBe(200).Json.GetProperty("recorded").GetBoolean().ShouldBeTrue();

        (await (await server.Lead()).Read(key)).GetProperty("decision").GetProperty("results").EnumerateArray().ShouldAllBe(r => r.GetProperty("done").GetBoolean());
    }

    [Fact]
    public async Task A_confirmation_that_comes_again_has_its_effect_once_and_gets_the_first_answer()
    {
        var key = await server.Decided(["RemoveContent"]);
        var (order, actions) = await Ordered(key);
        var (body, signing) = (EnforcementServer.Body(order, EnforcementServer.Done(actions[0])), new Signing());
        var first = (await server.Confirm(body, signing)).ShouldBe(200);

        (await server.Confirm(body, signing with { Later = TimeSpan.FromSeconds(30) })).ShouldBe(200).Text.ShouldBe(first.Text);
        (await server.Confirm(EnforcementServer.Body(order, EnforcementServer.Failed(actions[0], "no")), signing)).ShouldBeProblem(422, "idempotency-key-reused");

        (await server.By(key, "enforcement_executed")).Count.ShouldBe(1);
        (await server.By(key, "enforcement_failed")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_person_recorded_before_stands_and_only_the_rest_is_new()
    {
        var key = await server.Decided(["RemoveContent", "Label"]);
        var (order, actions) = await Ordered(key);
        (await (await server.Specialist()).Post(key, "record-enforcement", new { results = new[] { new { action = "RemoveContent", done = true, externalRef = "by hand" } } })).ShouldBeDone();

        (await server.Confirm(order, EnforcementServer.Done(actions[0]))).ShouldBe(200).Json.GetProperty("recorded").GetBoolean().ShouldBeFalse();
        (await server.Confirm(order, EnforcementServer.Failed(actions[0], "no"), EnforcementServer.Done(actions[1]))).ShouldBe(200).Json.GetProperty("recorded").GetBoolean().ShouldBeTrue();

        (await server.By(key, "enforcement_executed")).ShouldBe(["spec-04", "system"]);
        (await server.By(key, "enforcement_failed")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_that_another_decision_has_replaced_is_answered_and_records_nothing()
    {
        var key = await server.Decided(["RestoreContent"], verdict: "NoViolation");
        var (order, actions) = await Ordered(key);
        var (specialist, lead) = (await server.Specialist(), await server.Lead());
        (await specialist.Post(key, "resolve", new { outcome = "NoViolation" })).ShouldBeDone();
        (await specialist.Post(key, "reopen", new { reason = "it is up again", ground = "NewInformation" })).ShouldBeDone();
        (await specialist.Post(key, "propose-decision", new { verdict = "Violation", rule = "s.3", rationale = "after all", actions = new[] { "Label" }, evidenceRefs = new[] { "EVD-2" }, acknowledgementOverride = "night" })).ShouldBeDone();
        (await lead.Post(key, "approve-decision", new { })).ShouldBeDone();

        (await server.Confirm(order, EnforcementServer.Done(actions[0]))).ShouldBe(200).Json.GetProperty("recorded").GetBoolean().ShouldBeFalse();

        (await server.By(key, "enforcement_executed")).ShouldBeEmpty();
    }

    public static TheoryData<string, Signing> NotSignedRight => new()
    {
        { "signed with the secret of orders", new Signing(Secret: EnforcementServer.Secret) },
        { "signed for another body", new Signing(Signs: "{}") },
        { "six minutes old", new Signing(Later: -TimeSpan.FromMinutes(6)) },
        { "six minutes ahead", new Signing(Later: TimeSpan.FromMinutes(6)) },
        { "without an id", new Signing(Leaves: "webhook-id") },
        { "without a timestamp", new Signing(Leaves: "webhook-timestamp") },
        { "without a signature", new Signing(Leaves: "webhook-signature") },
        { "of another version", new Signing(Before: "v1a,") },
    };

    [Theory]
    [MemberData(nameof(NotSignedRight))]
    public async Task What_is_not_signed_right_is_not_believed(string how, Signing signing)
    {
        var key = await server.Decided(["RemoveContent"]);
        var (order, actions) = await Ordered(key);
        var before = await server.Database.Everything();

        (await server.Confirm(EnforcementServer.Body(order, EnforcementServer.Done(actions[0])), signing)).ShouldBeProblem(401, "unauthenticated");

        (await server.Database.Everything()).ShouldBe(before, how);
        (await server.Deliveries($"incident={key}&state=Acknowledged")).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_of_several_signatures_that_fits_is_enough()
    {
        var (order, actions) = await Ordered(await server.Decided(["RemoveContent"]));

        (await server.Confirm(EnforcementServer.Body(order, EnforcementServer.Done(actions[0])), new Signing(Before: $"v1,{Convert.ToBase64String(new byte[32])} "))).ShouldBe(200);
    }

    [Theory]
    [InlineData("""{"order":"ORDER","results":[]}""", 422, "results")]
    [InlineData("""{"order":"ORDER","results":[null]}""", 422, "results")]
    [InlineData("""{"order":"ORDER"}""", 422, "results")]
    [InlineData("""{"order":"ORDER","results":[{"actionId":"DEC-9/1","done":true}]}""", 422, "results[0].actionId")]
    [InlineData("""{"order":"ORDER","results":[{"actionId":"ACTION","done":true},{"actionId":"ACTION","done":false}]}""", 422, "results[1].actionId")]
    [InlineData("""{"order":"ORDER","results":[{"actionId":"ACTION","done":true,"at":"2090-01-01T00:00:00Z"}]}""", 422, "results[0].at")]
    [InlineData("""{"order":"ORDER","results":[{"actionId":"ACTION","done":true,"at":"2027-05-15T14:00:00"}]}""", 422, "results[0].at")]
    [InlineData("""{"order":"ORDER","results":[{"actionId":"ACTION","done":true,"externalRef":""}]}""", 422, "results[0].externalRef")]
    [InlineData("""{"order":"ORDER","results":[{"actionId":"ACTION","done":"yes"}]}""", 422, "results[0].done")]
    [InlineData("""{"order":"ORDER","results":[{"actionId":"ACTION","done":true}],"note":"x"}""", 422, "note")]
    [InlineData("null", 400, "$")]
    [InlineData("{", 400, "$")]
    [InlineData("", 400, "$")]
    public async Task A_signed_body_that_is_wrong_is_told_so_and_writes_nothing(string template, int status, string member)
    {
        var (order, actions) = await Ordered(await server.Decided(["RemoveContent"]));
        var before = await server.Database.Everything();

        var answer = await server.Confirm(template.Replace("ORDER", order, StringComparison.Ordinal).Replace("ACTION", actions[0], StringComparison.Ordinal), new Signing());

        answer.ShouldBeProblem(status, "validation", member: member);
        (await server.Database.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_or_too_long_is_refused()
    {
        (await server.Confirm("order=1", new Signing(MediaType: "text/plain"))).ShouldBeProblem(415, "unsupported-media-type");
        (await server.Confirm(new string(' ', 300_000), new Signing())).ShouldBeProblem(413, "too-large");
    }

    [Fact]
    public async Task There_is_no_such_order()
    {
        (await server.Confirm("msg_00000000000000000000000000000000", EnforcementServer.Done("ACT-1"))).ShouldBeProblem(404, "not-found");
        var exercise = await server.Decided(["RemoveContent"], new { exercise = true });
        var suppressed = await server.Delivered(exercise, "Suppressed");

        (await server.Confirm(suppressed.GetProperty("id").GetString()!, EnforcementServer.Done("ACT-1"))).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task A_clock_a_little_ahead_of_ours_is_no_fault()
    {
        var key = await server.Decided(["RemoveContent"]);
        var (order, actions) = await Ordered(key);
        var ahead = (await server.Node.With(null).Now()).AddSeconds(90);

        (await server.Confirm(order, EnforcementServer.Done(actions[0], at: ahead))).ShouldBe(200);

        (await (await server.Lead()).Read(key)).GetProperty("decision").GetProperty("results")[0].GetProperty("at").GetDateTimeOffset().ShouldBeLessThan(ahead);
    }

    private async Task<(string Order, string[] Actions)> Ordered(string key)
    {
        var came = await server.Order(key);
        return (came.Id, [.. EnforcementServer.Data(came).GetProperty("actions").EnumerateArray().Select(a => a.GetProperty("actionId").GetString()!)]);
    }
}
