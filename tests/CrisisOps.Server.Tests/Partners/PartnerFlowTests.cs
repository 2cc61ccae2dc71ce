using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace CrisisOps.Server.Tests.Partners;

/// <summary>From a proposal to the end of an agreement.</summary>
public sealed class PartnerFlowTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Address = "https://hash.example/alerts?token=t0k3n";

    private static int _names;

    [Fact]
    public async Task It_is_proposed_vetted_by_somebody_else_active_suspended_reinstated_and_offboarded()
    {
        var (manager, key) = await Proposed();
        var (second, lead) = (await server.Staff("pm-02", "partner-manager"), await server.Staff("lead-01", "duty-lead"));

        (await manager.Give(key, "vet", new { agreementRef = "AGR-12" })).ShouldBeProblem(422, "guard-failed", guard: "four-eyes");
        (await second.Give(key, "activate")).ShouldBeProblem(409, "illegal-transition");
        (await second.Gives(key, "vet", new { agreementRef = "AGR-12" })).State.ShouldBe("Vetted");
        (await second.Gives(key, "activate")).State.ShouldBe("Active");
        (await manager.Give(key, "change-clearance", new { clearance = "AMBER", reason = "needed" })).ShouldBeProblem(403, "forbidden", guard: "clearance-raised-by-lead");
        await lead.Gives(key, "change-clearance", new { clearance = "AMBER", reason = "needed" });
        (await lead.Give(key, "change-clearance", new { clearance = "AMBER+STRICT", reason = "needed" })).ShouldBeProblem(422, "guard-failed", guard: "clearance-limit");
        await manager.Gives(key, "review-precision", new { upheld = 46, total = 50 });
        (await lead.Gives(key, "suspend", new { reason = "taken over" })).State.ShouldBe("Suspended");
        (await lead.Give(key, "reinstate")).ShouldBeProblem(403, "forbidden", guard: "role");
        (await manager.Gives(key, "reinstate", new { note = "called back" })).State.ShouldBe("Active");

        var read = await manager.Read(key);
        (read.GetProperty("tlpClearance").GetString(), read.GetProperty("agreementRef").GetString(), read.GetProperty("precision").GetProperty("upheld").GetInt32()).ShouldBe(("AMBER", "AGR-12", 46));
        (await manager.Listed("/v1/partners?state=Active&q=hashes")).ShouldContain(key);
        (await manager.Gives(key, "offboard", new { reason = "ended" })).State.ShouldBe("Offboarded");
        (await manager.Listed("/v1/partners?open=true&limit=500")).ShouldNotContain(key);
        (await manager.Give(key, "register-endpoint", new { channel = "Webhook", address = Address })).ShouldBeProblem(409, "illegal-transition");
    }

    [Fact]
    public async Task A_webhook_is_verified_by_a_rule_and_a_phone_by_a_person()
    {
        var (manager, key) = await Proposed();
        (await manager.Gives(key, "register-endpoint", new { channel = "Webhook", address = Address, format = "Cap" })).Json.GetProperty("events")[0].GetProperty("endpointId").GetString().ShouldBe("EP-1");
        await manager.Gives(key, "register-endpoint", new { channel = "Phone", address = "+43 1 5550100" });

        (await manager.Give(key, "verify-endpoint", new { endpointId = "EP-1", how = "they say so" })).ShouldBeProblem(403, "forbidden", guard: "challenge-answered");
        await manager.Gives(key, "verify-endpoint", new { endpointId = "EP-2", how = "called back" });
        await ByRule(key, new VerifyEndpoint("EP-1", "challenge answered"));
        await ByRule(key, new DisableEndpoint("EP-1", "410"));
        (await Endpoint(manager, key, 0)).GetProperty("disabled").GetString().ShouldBe("410");
        await manager.Gives(key, "enable-endpoint", new { endpointId = "EP-1" });
        await manager.Gives(key, "rotate-secret", new { endpointId = "EP-1", overlap = "PT1H" });

        var webhook = await Endpoint(manager, key, 0);
        (webhook.GetProperty("verified").GetBoolean(), webhook.GetProperty("secretGeneration").GetInt32(), webhook.GetProperty("format").GetString()).ShouldBe((false, 2, "Cap"));
        webhook.GetProperty("oldSecretUntil").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        (await Endpoint(manager, key, 1)).GetProperty("verifiedBy").GetString().ShouldBe("pm-01");
        await manager.Gives(key, "remove-endpoint", new { endpointId = "EP-1" });
        (await Endpoint(manager, key, 0)).GetProperty("removed").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_name_stands_for_one_partner_until_it_is_offboarded()
    {
        var (manager, key) = await Proposed("Civic Watch");
        var far = await server.As("pm-03", roles: ["partner-manager"], regions: ["XS"]);

        (await Propose(manager, " civic WATCH ")).ShouldBeProblem(422, "guard-failed", guard: "partner-name-unique");
        (await Propose(far, "Civic Watch")).ShouldBeProblem(422, "guard-failed", guard: "partner-name-unique");
        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Propose(manager, "Fact Desk")));
        both.Count(a => a.Status == 201).ShouldBe(1);
        both.Count(a => a.Status == 422).ShouldBe(7);

        await manager.Gives(key, "offboard", new { reason = "ended" });
        (await Propose(manager, "Civic Watch")).ShouldBe(201);
    }

    [Theory]
    [InlineData("register-endpoint", """{"channel":"Webhook","address":"https://me:secret@hash.example/"}""", "endpoint-address")]
    [InlineData("register-endpoint", """{"channel":"Email","address":"a@hash.example, b@hash.example"}""", "endpoint-address")]
    [InlineData("register-endpoint", """{"channel":"InPerson","address":"the lobby"}""", "endpoint-channel")]
    [InlineData("register-endpoint", """{"channel":"Email","address":"a@hash.example","format":"Cap"}""", "endpoint-format")]
    [InlineData("rotate-secret", """{"endpointId":"EP-1","overlap":"P8D"}""", "overlap-range")]
    [InlineData("rotate-secret", """{"endpointId":"EP-9"}""", "endpoint-known")]
    [InlineData("disable-endpoint", """{"endpointId":"EP-9","reason":"gone"}""", "endpoint-known")]
    [InlineData("enable-endpoint", """{"endpointId":"EP-1"}""", "endpoint-disabled")]
    [InlineData("review-precision", """{"upheld":3,"total":2}""", "precision-upheld")]
    public async Task What_a_guard_refuses_is_not_written(string command, string body, string guard)
    {
        var (manager, key) = await Proposed();
        await manager.Gives(key, "register-endpoint", new { channel = "Webhook", address = Address });
        var before = await server.Database.Everything();

        (await manager.Send(HttpMethod.Post, $"/v1/partners/{key}/{command}", body)).ShouldBeProblem(422, "guard-failed", guard: guard).Text.ShouldNotContain("secret@");

        (await server.Database.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task Near_staff_read_it_executives_its_state_and_the_partner_nothing()
    {
        var (manager, key) = await Proposed(region: "XN-77");
        await manager.Gives(key, "register-endpoint", new { channel = "Webhook", address = Address });

        var counsel = await (await server.As("legal-01", roles: ["legal-counsel"], regions: ["XN"], clearance: "AMBER")).Read(key);
        counsel.GetProperty("endpoints")[0].GetProperty("address").GetString().ShouldBe(Address);
        var executive = await (await server.As("exec-01", roles: ["executive"], regions: ["XN"], clearance: "AMBER")).Read(key);
        executive.EnumerateObject().Select(m => m.Name).ShouldBe(["key", "version", "state", "name", "type", "regions", "commands"], ignoreOrder: true);
        (await (await server.As("civic-watch", roles: ["partner"], clearance: "AMBER", partner: key)).Get($"/v1/partners/{key}")).ShouldBeProblem(404, "not-found");
        (await (await server.As("civic-watch", roles: ["partner"], clearance: "AMBER", partner: key)).Listed("/v1/partners")).ShouldBeEmpty();
        (await (await server.As("pm-03", roles: ["partner-manager"], regions: ["XS"])).Get($"/v1/partners/{key}")).ShouldBeProblem(404, "not-found");
        (await (await server.As("pm-04", roles: ["partner-manager"], regions: ["XN"], clearance: "GREEN")).Get($"/v1/partners/{key}")).ShouldBeProblem(404, "not-found");
        (await Propose(await server.As("spec-04"), "Nobody's")).ShouldBeProblem(403, "forbidden", guard: "role");
    }

    [Fact]
    public async Task No_timeline_and_no_list_tells_an_address()
    {
        var (manager, key) = await Proposed();
        var lead = await server.Staff("lead-01", "duty-lead");
        await manager.Gives(key, "register-endpoint", new { channel = "Webhook", address = Address });
        await manager.Gives(key, "rotate-secret", new { endpointId = "EP-1" });
        await manager.Gives(key, "disable-endpoint", new { endpointId = "EP-1", reason = "moving" });

        (await lead.Timeline(key)).Select(TimelineCalls.Headline).ShouldContain("Endpoint EP-1 registered (Webhook, CloudEvents)");
        (await lead.Get($"/v1/timelines/{key}")).Text.ShouldNotContain("hash.example");
        (await lead.Get("/v1/partners?limit=500")).Text.ShouldNotContain("hash.example");
        (await server.Database.Scalar<long>("select count(*) from crisis.timeline t where stream = $1 and t::text like '%hash.example%'", key)).ShouldBe(0);
        var executive = await server.As("exec-01", roles: ["executive"], clearance: "AMBER");
        (await executive.Timeline(key)).Select(TimelineCalls.Headline).ShouldAllBe(headline => headline.StartsWith("Partner proposed"));
    }

    private static Task<Answer> Propose(Api caller, string name, string region = "XN") => caller.Send(
        HttpMethod.Post, "/v1/partners",
        new { name, type = "HashSharingBody", regions = new[] { region }, languages = new[] { "en" }, expertise = new[] { "hashes" }, contacts = new[] { new { contactRef = "CNT-1", role = "duty officer", channel = "Phone", tz = "Europe/Vienna" } } });

    private static async Task<System.Text.Json.JsonElement> Endpoint(Api caller, string key, int place) => (await caller.Read(key)).GetProperty("endpoints")[place];

    private async Task<(Api Manager, string Key)> Proposed(string? name = null, string region = "XN")
    {
        var manager = await server.Staff("pm-01", "partner-manager");
        return (manager, (await Propose(manager, name ?? $"Partner {Interlocked.Increment(ref _names)}", region)).ShouldBe(201).Key);
    }

    private async Task ByRule<TCommand>(string key, TCommand command)
        where TCommand : Command, ICommand<Partner, TCommand> =>
        (await server.Node.Services.GetRequiredService<CommandLanes>().Execute<Partner, TCommand>(new Order<TCommand>(key, command, Caller.System, OrderTerms.None), TestContext.Current.CancellationToken))
            .ShouldBeOfType<Reply.Done>();
}
