using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Elections;
using CrisisOps.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace CrisisOps.Server.Tests.Access;

/// <summary>Every role times every command on a crisis, an election, a review, a recommendation, a partner, contacts, a subscription and a source.</summary>
public sealed class CardCommandTableTests(TestServer server) : IClassFixture<TestServer>
{
    public static TheoryData<string> Roles => [.. Enum.GetValues<Role>().Where(r => r != Role.System).Select(RoleNames.Of)];

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task A_role_gives_the_commands_that_name_it_and_no_other(string role)
    {
        var keys = await Streams();
        var caller = await server.As($"{role}-77", roles: [role], clearance: "RED", partner: role == "partner" ? "PRT-1" : null);
        var before = await server.Database.Everything();
        foreach (var key in keys)
        {
            var sees = (await caller.Get(StreamCalls.Path(key))).Ok;
            foreach (var entry in server.Node.Services.GetRequiredService<CommandCatalog>().All.Where(e => !e.TimerOnly && !e.Opens && e.Kind.Prefix == key.Split('-')[0]))
            {
                var named = entry.Roles.Contains(RoleNames.Parse(role)!.Value);
                var answer = await caller.Send(HttpMethod.Post, $"{StreamCalls.Path(key)}/{entry.Name}{(named ? "?dryRun=true" : "")}", Example(entry));
                var where = $"{role} gave {entry.Name} on {key}: {answer.Text}";
                if (!sees)
                {
                    answer.Status.ShouldBe(404, where);
                }
                else if (named)
                {
                    (answer.Status is >= 500 or 404 || answer["guard"] == "role").ShouldBeFalse(where);
                }
                else
                {
                    answer.ShouldBeProblem(403, "forbidden", guard: "role");
                }
            }
        }

        (await server.Database.Everything()).ShouldBe(before);
    }

    private async Task<string[]> Streams()
    {
        var crisis = await server.StandUp();
        var ended = await server.StandUp();
        await ended.StandDown();
        var review = await ended.Review();
        var recommendation = (await crisis.Lead.Send(HttpMethod.Post, "/v1/recommendations", new { type = "Process", problem = "late", proposal = "sooner" })).ShouldBe(201).Key;
        var election = (await (await server.Staff("el-01", "election-lead")).Register(StreamCalls.NewRegion())).ShouldBe(201).Key;
        var partner = (await (await server.Staff("pm-01", "partner-manager")).Send(HttpMethod.Post, "/v1/partners", new { name = $"Partner of {election}", type = "Helpline" })).ShouldBe(201).Key;
        var lead = await server.Staff("lead-01", "duty-lead");
        var person = (await lead.Send(HttpMethod.Post, "/v1/contacts", new { kind = "Person", @ref = $"somebody of {election}" })).ShouldBe(201).Key;
        var requester = (await lead.Send(HttpMethod.Post, "/v1/contacts", new { kind = "Requester", @ref = $"CNT-{Guid.NewGuid()}" })).ShouldBe(201).Key;
        var subscription = (await lead.Send(HttpMethod.Post, "/v1/subscriptions", new { subscriber = person, scope = new { }, audience = "Core" })).ShouldBe(201).Key;
        var source = (await (await server.Staff("pm-01", "partner-manager")).Send(HttpMethod.Post, "/v1/sources", new { name = $"Source of {election}", kind = "IndustryPeer" })).ShouldBe(201).Key;
        return [crisis.Key, review, recommendation, election, partner, person, requester, subscription, source];
    }

    private static string Example(CatalogEntry entry) =>
        entry.Example(new DecisionContext { Now = TimeProvider.System.GetUtcNow(), Caller = Caller.System, Key = entry.Kind.Example.Key })!.Value.GetRawText();
}
