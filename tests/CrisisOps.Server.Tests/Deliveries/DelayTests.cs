using System.Text.RegularExpressions;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Reactions;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>Messages that wait because of us, not because of one receiver, stand on the timeline: from when, and until when.</summary>
public sealed partial class DelayTests(MailServer server, TestPostgres postgres) : IClassFixture<MailServer>
{
    [Fact]
    public async Task A_mail_server_that_is_down_delays_a_crisis_once_until_it_is_back()
    {
        var (name, address) = await ReadsMail();
        var (_, deaf, path) = await server.Reachable();
        server.Receiver.Answers(path, 500);
        await server.Smtp.Stop();
        var crisis = await Alerted(name);
        var other = await Alerted(deaf);
        await server.Receiver.Next(path);
        var since = await crisis.Lead.Now();

        await crisis.Lead.Pass(TimeSpan.FromMinutes(3));

        await Eventually.Is(async () => (await Delays(crisis.Key)).Length == 1, "the delay is on the record");
        var entry = (await crisis.Lead.Timeline(crisis.Key)).First(e => e.GetRawText().Contains("Notifications delayed"));
        entry.GetRawText().ShouldContain("1 waiting (Email)");
        (await server.Database.Scalar<DateTime>("select (data->>'since')::timestamptz from crisis.mt_events where stream_id = $1 and type = 'notifications_delayed'", crisis.Key))
            .ShouldBe(since.UtcDateTime, TimeSpan.FromSeconds(30));
        (await (await server.As("spec-77", regions: [crisis.Region])).Timeline(crisis.Key)).ShouldContain(e => e.GetRawText().Contains("Notifications delayed"));

        // It is down for longer, and one endpoint that fails delays nobody but itself.
        await crisis.Lead.Pass(TimeSpan.FromMinutes(10));
        await server.Smtp.Restart();
        await crisis.Lead.Pass(TimeSpan.FromMinutes(40));

        await Eventually.Is(async () => (await Delays(crisis.Key)).Length > 1, "it is over");
        (await Delays(crisis.Key)).ShouldBe(["notifications_delayed", "notifications_resumed"]);
        (await Delays(other.Key)).ShouldBeEmpty();
        (await server.Letter(address, 2)).Subject.ShouldBe("[TLP:AMBER] Live video of an attack");
        await Eventually.Is(async () => await server.Database.Scalar<long>("select count(*) from crisis.delays") == 0, "the note goes once the crisis has answered");
        server.Receiver.Answers(path, 204);
        server.Receiver.Rest(path).ShouldNotBeEmpty(); // tried again and again
    }

    [Fact]
    public async Task Rules_that_do_not_hear_delay_a_crisis_until_they_do()
    {
        await using var database = await postgres.CreateDatabase();
        TestNode node;
        Api lead;
        string key;
        await using (await RulesHeld.On(database))
        {
            node = await TestNode.Start(database.ConnectionString, new NodeOptions { Settings = new Dictionary<string, string> { ["Deliveries:DelayedAfter"] = "00:00:01" } });
            lead = await node.As("lead-01", roles: ["duty-lead"], clearance: "RED");
            key = (await lead.Propose(StreamCalls.NewRegion())).ShouldBe(201).Key;
            await lead.Gives(key, "stand-up", new { consequence = 4, virality = 3, certainty = "Observed", codename = "HARBOUR" });
            await Eventually.Is(async () => (await Delays(database, key)).Length == 1, "the delay is on the record");
            (await database.Scalar<string>("select data->>'channels' from crisis.mt_events where stream_id = $1 and type = 'notifications_delayed'", key)).ShouldBe("[\"rules\"]");
        }

        await using (node)
        {
            await Eventually.Is(async () => (await Delays(database, key)).Length == 2, "it is over");
            (await Delays(database, key)).ShouldBe(["notifications_delayed", "notifications_resumed"]);
        }
    }

    [Fact]
    public async Task A_node_that_died_while_it_said_so_leaves_nothing_unsaid()
    {
        var crisis = await server.StandUp();

        // It had written down that it will say so, and died; nothing is delayed any more.
        await server.Database.Execute("insert into crisis.delays (incident) values ($1)", crisis.Key);

        await Eventually.Is(async () => await server.Database.Scalar<long>("select count(*) from crisis.delays where incident = $1", crisis.Key) == 0, "the note is gone");
        (await Delays(crisis.Key)).ShouldBeEmpty();
    }

    /// <summary>A partner with a confirmed address.</summary>
    private async Task<(string Name, string Address)> ReadsMail()
    {
        var (key, name) = await server.Partner();
        var address = $"duty-{key.ToLowerInvariant()}@partner.example";
        await (await server.Manager()).Gives(key, "register-endpoint", new { channel = "Email", address });
        (await server.Follow((await server.Letter(address, 1)).Link())).ShouldBe(200);
        return (name, address);
    }

    private async Task<CrisisStories.Crisis> Alerted(string name)
    {
        var crisis = await server.StandUp();
        await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline = "Live video of an attack", text = "Match these hashes." });
        await server.Database.RulesHeard();
        return crisis;
    }

    private Task<string[]> Delays(string key) => Delays(server.Database, key);

    private static async Task<string[]> Delays(TestDatabase database, string key) =>
        [.. await database.Column<string>("select type from crisis.mt_events where stream_id = $1 and type like 'notifications%' order by version", key)];

    [GeneratedRegex("http://\\S+/v1/links/\\S+")]
    private static partial Regex Url();
}
