using CrisisOps.Server.Tests.Harness;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Deadlines;

public sealed class DeadlineCrashTests(TestPostgres postgres)
{
    private static readonly Dictionary<string, string> _shortLease = new() { ["Deadlines:Lease"] = "00:00:02" };

    [Fact]
    public async Task Kill_9_while_firing_leaves_one_event()
    {
        await using var database = await postgres.CreateDatabase();
        await using var server = await ServerProcess.Start(database.ConnectionString, _shortLease);
        var api = await server.As("spec-04");
        var due = (await api.Now()).AddHours(1);
        var key = await api.RaisedWithInterimAction(due);
        await api.MoveTo(due.AddSeconds(-2));

        // Somebody holds the stream, so the commit of the firing command waits when the process dies.
        await using (var blocker = new NpgsqlConnection(database.ConnectionString))
        {
            await blocker.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = await blocker.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var hold = new NpgsqlCommand("select 1 from crisis.mt_streams where id = $1 for update", blocker, transaction) { Parameters = { new() { Value = key } } };
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await Eventually.Is(
                () => database.Scalar<bool>("select exists (select 1 from crisis.deadlines where stream = $1 and leased_until is not null) and exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')", key),
                "the deadline is being fired");
            await server.Kill();
            await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        }

        await server.Restart();

        await Eventually.Is(async () => (await database.Recorded(key, "interim_action_expired")).Count > 0, "it has fired");
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken); // longer than the lease
        (await database.Recorded(key, "interim_action_expired")).Count.ShouldBe(1);
        (await database.DeadlineState(key, "InterimActionExpiry")).ShouldBe("Missed");
    }

    [Fact]
    public async Task A_row_whose_node_died_waits_for_the_lease_and_then_fires()
    {
        await using var database = await postgres.CreateDatabase();
        await using var node = await TestNode.Start(database.ConnectionString);
        var api = await node.As("spec-04");
        var due = (await api.Now()).AddHours(1);
        var key = await api.RaisedWithInterimAction(due);
        // What a node leaves that dies right after it took the row.
        await database.Execute("update crisis.deadlines set leased_until = clock_timestamp() + interval '6 s' where stream = $1", key);
        var jump = api.MoveTo(due);

        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        (await database.Recorded(key, "interim_action_expired")).ShouldBeEmpty();

        await jump;
        (await database.Recorded(key, "interim_action_expired")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_clock_that_ran_out_while_no_server_ran_is_breached_once_with_its_own_due_time_and_that_of_the_detection()
    {
        await using var database = await postgres.CreateDatabase();
        string key;
        await using (var node = await TestNode.Start(database.ConnectionString))
        {
            var api = await node.As("spec-04");
            key = await api.Raised(new { proposedSeverity = "SEV1" });
            await api.Pass(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(2));
            (await database.Recorded(key, "sla_breached")).ShouldBeEmpty();
        }

        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await using var later = await TestNode.Start(database.ConnectionString);

        await Eventually.Is(async () => (await database.Recorded(key, "sla_breached")).Count > 0, "it is breached");
        (await database.Recorded(key, "sla_breached")).ShouldHaveSingleItem();
        (await database.Scalar<bool>(
            """
            select data->>'clockId' = 'ACK' and (data->>'dueAt')::timestamptz < (data->>'detectedAt')::timestamptz and (data->>'detectedAt')::timestamptz = timestamp
              from crisis.mt_events where stream_id = $1 and type = 'sla_breached'
            """,
            key)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_missed_while_no_server_ran_fires_once_afterwards_with_its_own_due_time()
    {
        await using var database = await postgres.CreateDatabase();
        string key;
        DateTimeOffset due;
        await using (var node = await TestNode.Start(database.ConnectionString))
        {
            var api = await node.As("spec-04");
            due = (await api.Now()).AddHours(1);
            key = await api.RaisedWithInterimAction(due);
            await api.MoveTo(due.AddSeconds(-2));
        }

        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await using var later = await TestNode.Start(database.ConnectionString);

        await Eventually.Is(async () => (await database.Recorded(key, "interim_action_expired")).Count > 0, "it has fired");
        var recorded = await database.Scalar<DateTime>("select (data->>'dueAt')::timestamptz from crisis.mt_events where stream_id = $1 and type = 'interim_action_expired'", key);
        (recorded - due.UtcDateTime).Duration().ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
        var reader = await later.As("spec-05");
        var overdue = (await reader.Deadlines("overdue=true&kind=InterimActionExpiry")).ShouldHaveSingleItem();
        overdue.GetProperty("overdueSince").GetDateTimeOffset().ShouldBe(overdue.GetProperty("dueAt").GetDateTimeOffset());
    }
}
