using System.Text.Json;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Elections;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

/// <summary>What a crisis, an election, a review, a recommendation, a partner or a contact lists as allowed is accepted as shown. Over random walks through states and people.</summary>
public sealed class CardOffersTests(TestServer server) : IClassFixture<TestServer>
{
    // A command that is over must not end the walk at once.
    private static readonly string[] _rarely = ["merge", "reject-proposal", "annul-declaration", "cancel", "reject", "split-proposal", "raise-tlp", "offboard", "remove"];

    [Theory]
    [InlineData("crisis", 10)]
    [InlineData("election", 8)]
    [InlineData("review", 4)]
    [InlineData("recommendation", 4)]
    [InlineData("partner", 6)]
    [InlineData("contact", 6)]
    public async Task What_is_listed_is_accepted_as_shown(string kind, int distinct)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        Api[] people =
        [
            await server.Staff("lead-01", "duty-lead"), await server.Staff("ic-01", "specialist"), await server.Staff("lo-02", "partner-manager"),
            await server.Staff("pio-01", "communications"), await server.Staff("el-01", "election-lead"), await server.As("analyst-01", roles: ["analyst"]),
        ];
        HashSet<string> taken = [];
        for (var walk = 0; walk < 4; walk++)
        {
            var key = await Start(kind, people[0], people[4]);
            for (var step = 0; step < 16; step++)
            {
                var who = people[random.Next(2) > 0 ? random.Next(people.Length) : kind is "partner" or "contact" ? 2 : 0];
                var shown = await who.Get(StreamCalls.Path(key));
                var offered = (shown.Ok ? shown.Json.GetProperty("commands").EnumerateArray().ToArray() : [])
                    .Where(o => !_rarely.Contains(o.GetProperty("name").GetString()) || random.Next(10) == 0).ToArray();
                if (offered.Length == 0)
                {
                    continue;
                }

                var command = offered[random.Next(offered.Length)];
                var answer = await who.Send(HttpMethod.Post, command.GetProperty("href").GetString()!, command.GetProperty("sample").GetRawText());
                answer.Ok.ShouldBeTrue($"seed {seed}, walk {walk}, step {step}: {command.GetProperty("name")} with {command.GetProperty("sample")} got {answer.Text}");
                taken.Add(command.GetProperty("name").GetString()!);
            }
        }

        taken.Count.ShouldBeGreaterThanOrEqualTo(distinct, string.Join(" ", taken));
    }

    [Fact]
    public async Task What_a_command_links_to_is_offered_when_there_is_something_to_link()
    {
        var region = StreamCalls.NewRegion();
        var crisis = await server.StandUp(region);
        var election = (await (await server.Staff("el-01", "election-lead")).Register(region)).ShouldBe(201).Key;
        var near = await server.As("ic-01", regions: [region], clearance: "RED");
        (await Offered(near, crisis.Key)).ShouldNotContain("attach-escalation");
        (await Offered(near, election)).ShouldContain("link-crisis");

        var escalation = await near.Raised(new { region = new[] { region } });

        var sample = (await near.Read(crisis.Key)).GetProperty("commands").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "attach-escalation").GetProperty("sample");
        sample.GetProperty("escalationKey").GetString().ShouldBe(escalation);
        (await Offered(near, crisis.Key)).ShouldContain("transfer-command");
    }

    private static async Task<string?[]> Offered(Api api, string key) =>
        [.. (await api.Read(key)).GetProperty("commands").EnumerateArray().Select((JsonElement c) => c.GetProperty("name").GetString())];

    private async Task<string> Start(string kind, Api lead, Api electionLead)
    {
        switch (kind)
        {
            case "crisis":
                return (await lead.Propose(StreamCalls.NewRegion())).ShouldBe(201).Key;
            case "election":
                return (await electionLead.Register(StreamCalls.NewRegion())).ShouldBe(201).Key;
            case "review":
                var crisis = await server.StandUp();
                await crisis.StandDown();
                return await crisis.Review();
            case "partner":
                return (await (await server.Staff("pm-09", "partner-manager")).Send(HttpMethod.Post, "/v1/partners", new { name = $"Partner {Guid.NewGuid()}", type = "Helpline" })).ShouldBe(201).Key;
            case "contact":
                return (await lead.Send(HttpMethod.Post, "/v1/contacts", new { kind = "Team", @ref = $"Team {StreamCalls.NewRegion()}", standing = new { roles = new[] { "specialist" }, clearance = "AMBER" } })).ShouldBe(201).Key;
            default:
                return (await lead.Send(HttpMethod.Post, "/v1/recommendations", new { type = "Process", problem = "late", proposal = "sooner" })).ShouldBe(201).Key;
        }
    }
}
