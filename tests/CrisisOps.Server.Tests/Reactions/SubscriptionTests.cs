using CrisisOps.Server.Tests.Harness;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Reactions;

/// <summary>Rules hear of every event, whatever happens between, and each event has its effect once.</summary>
public sealed class SubscriptionTests(TestPostgres postgres)
{
    [Fact]
    public async Task An_event_heard_twice_has_its_effect_once()
    {
        await using var database = await postgres.CreateDatabase();
        await using var node = await TestNode.Start(database.ConnectionString);
        var lead = await node.As("lead-01", roles: ["duty-lead", "specialist"], clearance: "RED");
        var keys = await Cluster(lead);
        await database.RulesHeard();
        var crisis = (await database.CrisesOf(keys)).ShouldHaveSingleItem();
        await lead.Declare(crisis);
        await database.RulesHeard();
        var events = await database.Events();

        await database.Execute("update crisis.subscriptions set position = '3' where name = 'reactions'");
        await using (var again = await TestNode.Start(database.ConnectionString))
        {
            await node.DisposeAsync(); // the other one hears from the position that is stored
            await database.RulesHeard();
            (await database.Events()).ShouldBe(events);
            (await (await again.As("lead-01", roles: ["duty-lead"], clearance: "RED")).Attached(crisis)).ShouldBe(keys);
        }

        (await database.Failed()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rule_that_fails_again_and_again_is_written_down_and_holds_up_nobody()
    {
        await using var database = await postgres.CreateDatabase();
        string broken, urgent;
        await using (await RulesHeld.On(database))
        await using (var node = await TestNode.Start(database.ConnectionString))
        {
            var partner = await node.As("civic-watch", roles: ["partner"], partner: "PRT-1");
            broken = await partner.Raised(new { source = "TrustedPartner", proposedSeverity = "SEV1", title = "the name of a victim" });
            urgent = await partner.Raised(new { source = "TrustedPartner", proposedSeverity = "SEV1" });
        }

        // What a newer version wrote, before somebody went back to this one.
        await database.Execute(
            """
            with moved as (update crisis.mt_streams set version = 2 where id = $1 returning id)
            insert into crisis.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, user_name)
            select nextval('crisis.mt_events_sequence'), gen_random_uuid(), id, 2, '{}', 'of_a_newer_version', now(), '', 'dba' from moved
            """,
            broken);
        await using var later = await TestNode.Start(database.ConnectionString);

        await database.RulesHeard();

        (await database.Column<string>("select stream_id from crisis.mt_events where type = 'receipt_acknowledged'")).ShouldBe([urgent]);
        var failed = await database.Failed();
        failed.ShouldContain($"AcknowledgeByRuleHandler, EscalationRaised on {broken}@1");
        failed.ShouldAllBe(message => message.Contains(broken, StringComparison.Ordinal) && !message.Contains("victim", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_that_can_not_be_read_is_written_down_and_holds_up_nobody()
    {
        await using var database = await postgres.CreateDatabase();
        string broken, urgent;
        await using (await RulesHeld.On(database))
        await using (var node = await TestNode.Start(database.ConnectionString))
        {
            var partner = await node.As("civic-watch", roles: ["partner"], partner: "PRT-1");
            broken = await partner.Raised(new { source = "TrustedPartner", proposedSeverity = "SEV1" });
            urgent = await partner.Raised(new { source = "TrustedPartner", proposedSeverity = "SEV1" });
        }

        await database.Execute("update crisis.mt_events set data = '{\"title\": [1]}' where stream_id = $1", broken);
        await using var later = await TestNode.Start(database.ConnectionString);

        await database.RulesHeard();

        (await database.Column<string>("select stream_id from crisis.mt_events where type = 'receipt_acknowledged'")).ShouldBe([urgent]);
        (await database.Failed()).ShouldContain(message => message.Contains($"{broken}@1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hole_in_the_sequence_of_events_and_a_transaction_of_another_database_hold_nobody_up()
    {
        await using var database = await postgres.CreateDatabase();
        await using var node = await TestNode.Start(database.ConnectionString);
        await using var elsewhere = await Opened(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "postgres" }.ConnectionString);
        await database.Execute("select nextval('crisis.mt_events_sequence') from generate_series(1, 1000)");
        var partner = await node.As("civic-watch", roles: ["partner"], partner: "PRT-1");

        var key = await partner.Raised(new { source = "TrustedPartner", proposedSeverity = "SEV1" });

        await Eventually.Is(async () => await Acknowledged(database, key), "the rule has heard of it", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task What_an_open_transaction_wrote_first_is_heard_of_when_it_commits()
    {
        await using var database = await postgres.CreateDatabase();
        await using var node = await TestNode.Start(database.ConnectionString);
        var partner = await node.As("civic-watch", roles: ["partner"], partner: "PRT-1");
        string key;
        await using (await Opened(database.ConnectionString))
        {
            key = await partner.Raised(new { source = "TrustedPartner", proposedSeverity = "SEV1" });
            await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken); // longer than its poll
            (await Acknowledged(database, key)).ShouldBeFalse();
        }

        await Eventually.Is(() => Acknowledged(database, key), "the rule has heard of it");
    }

    [Fact]
    public async Task One_node_hears_for_all_and_when_it_is_killed_another_takes_over_and_nothing_is_lost()
    {
        await using var database = await postgres.CreateDatabase();
        await using var first = await ServerProcess.Start(database.ConnectionString);
        var before = await (await first.As("civic-watch", roles: ["partner"], partner: "PRT-1")).Raised(new { source = "TrustedPartner", proposedSeverity = "SEV1" });
        await Eventually.Is(() => Acknowledged(database, before), "the first node hears");
        await using var second = await ServerProcess.Start(database.ConnectionString);
        (await Hearing(database)).ShouldBe(1);
        var partner = await second.As("civic-watch", roles: ["partner"], partner: "PRT-1");

        var raising = Enumerable.Range(0, 40).Select(_ => partner.Raised(new { source = "TrustedPartner", proposedSeverity = "SEV1" })).ToArray();
        await first.Kill();
        var keys = await Task.WhenAll(raising);

        await Eventually.Is(
            () => database.Scalar<bool>("select count(*) = 40 from crisis.mt_events where type = 'receipt_acknowledged' and stream_id = any ($1)", (object)keys),
            "the second node has heard of all", TimeSpan.FromSeconds(10));
        (await Hearing(database)).ShouldBe(1);
        (await database.Failed()).ShouldBeEmpty();
    }

    private static async Task<string[]> Cluster(Api lead)
    {
        var region = RuleCalls.NewCountry();
        string[] keys = [await lead.RaisedIn(region), await lead.RaisedIn(region), await lead.RaisedIn(region)];
        await lead.TriageWorst(keys[2], region);
        return keys;
    }

    private static Task<bool> Acknowledged(TestDatabase database, string key) =>
        database.Scalar<bool>("select exists (select 1 from crisis.mt_events where stream_id = $1 and type = 'receipt_acknowledged')", key);

    /// <summary>Sessions that hold the turn.</summary>
    private static Task<long> Hearing(TestDatabase database) => database.Scalar<long>(
        "select count(*) from pg_locks where locktype = 'advisory' and granted and objid = 4712 and database = (select oid from pg_database where datname = current_database())");

    private static async Task<NpgsqlConnection> Opened(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var begin = new NpgsqlCommand("begin; select pg_current_xact_id()", connection);
        await begin.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
