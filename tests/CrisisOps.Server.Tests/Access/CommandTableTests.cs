using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace CrisisOps.Server.Tests.Access;

/// <summary>Every role times every command: a role that the command does not name is refused, and learns no more than it may see.</summary>
public sealed class CommandTableTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Partner = "PRT-1";

    public static TheoryData<string> Roles => [.. Enum.GetValues<Role>().Where(r => r != Role.System).Select(RoleNames.Of)];

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task A_role_gives_the_commands_that_name_it_and_no_other(string role)
    {
        var key = await CaseForAll();
        var caller = await server.As($"{role}-77", roles: [role], clearance: "RED", partner: role == "partner" ? Partner : null);
        var sees = (await caller.Get($"/v1/escalations/{key}")).Ok;
        var before = await server.Database.Everything();

        foreach (var entry in Commands().Where(e => !e.Opens))
        {
            var named = entry.Roles.Contains(RoleNames.Parse(role)!.Value);
            // A dry run of what the role may give leaves the case as it is for the next cell.
            var answer = await caller.Send(HttpMethod.Post, $"/v1/escalations/{key}/{entry.Name}{(named ? "?dryRun=true" : "")}", Example(entry));

            var where = $"{role} gave {entry.Name}: {answer.Text}";
            if (!sees && !(named && entry.Name == "break-glass-read"))
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

        (await server.Database.Everything()).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Reports_come_from_specialists_partners_and_integrations_only(string role)
    {
        var caller = await server.As($"{role}-78", roles: [role], partner: role == "partner" ? Partner : null);

        (await caller.Raise()).Status.ShouldBe(role is "specialist" or "duty-lead" or "partner" or "integration" ? 201 : 403);
    }

    [Fact]
    public async Task A_token_without_a_role_sees_and_does_nothing()
    {
        var key = await CaseForAll();
        var nobody = await server.As("nobody-1", roles: [], clearance: "RED", functions: ["Legal"], partner: Partner);

        foreach (var entry in Commands().Where(e => !e.Opens))
        {
            (await nobody.Send(HttpMethod.Post, $"/v1/escalations/{key}/{entry.Name}", Example(entry))).ShouldBeProblem(404, "not-found");
        }

        (await nobody.Raise()).ShouldBeProblem(403, "forbidden");
        (await nobody.Get($"/v1/escalations/{key}")).ShouldBeProblem(404, "not-found");
        (await nobody.Get($"/v1/timelines/{key}")).ShouldBeProblem(404, "not-found");
        foreach (var list in (string[])["/v1/escalations", "/v1/queue", "/v1/me/work", "/v1/deadlines"])
        {
            (await nobody.Get(list)).ShouldBe(200).Text.ShouldNotContain(key);
        }
    }

    /// <summary>A case that waits for everybody who can be waited for, so that most roles see it.</summary>
    private async Task<string> CaseForAll()
    {
        var specialist = await server.As("spec-04", clearance: "RED");
        var key = await specialist.Raised(new { source = "Press", legalBasis = "EU-TCO-Art3", requester = new { partnerId = Partner } });
        (await specialist.Post(key, "request-input", new { question = "May this stay up?", function = "Legal", dueAt = "2090-01-01T00:00:00Z" })).ShouldBeDone();
        (await specialist.Post(key, "take", new { policyArea = "Spam" })).ShouldBeDone();
        (await specialist.Post(key, "attach-evidence", new { evidenceRef = "EVD-1" })).ShouldBeDone();
        (await specialist.Post(key, "propose-decision", new { verdict = "NoViolation", rule = "s.3", rationale = "satire", evidenceRefs = new[] { "EVD-1" }, acknowledgementOverride = "night" })).ShouldBeDone();
        return key;
    }

    private IEnumerable<CatalogEntry> Commands() => server.Node.Services.GetRequiredService<CommandCatalog>().All.Where(e => e is { TimerOnly: false, Kind.Plural: "escalations" });

    private static string Example(CatalogEntry entry) => entry.Example(new DecisionContext { Now = TimeProvider.System.GetUtcNow(), Caller = Caller.System, Key = "ESC-2027-000000" })!.Value.GetRawText();
}
