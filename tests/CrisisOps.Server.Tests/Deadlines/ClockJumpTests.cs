using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Deadlines;

public sealed class ClockJumpTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_jump_fires_what_lies_on_its_way_in_order_and_at_its_time()
    {
        var api = await server.As("spec-04");
        var start = await api.Now();
        var hours = new[] { 3, 1, 2 };
        List<string> keys = [];
        foreach (var hour in hours)
        {
            keys.Add(await api.RaisedWithInterimAction(start.AddHours(hour)));
        }

        await api.MoveTo(start.AddHours(3.5));

        List<long> order = [];
        for (var n = 0; n < hours.Length; n++)
        {
            var recorded = (await server.Database.Recorded(keys[n], "interim_action_expired")).ShouldHaveSingleItem();
            (recorded - start.AddHours(hours[n]).UtcDateTime).ShouldBeInRange(TimeSpan.Zero, _soon);
            order.Add(await server.Database.Scalar<long>("select seq_id from crisis.mt_events where stream_id = $1 and type = 'interim_action_expired'", keys[n]));
        }

        (order[1] < order[2] && order[2] < order[0]).ShouldBeTrue();
        (await api.Now() - start.AddHours(3.5)).ShouldBeInRange(TimeSpan.Zero, _soon);
    }

    [Fact]
    public async Task Another_node_follows_a_moved_clock_and_each_deadline_still_fires_once()
    {
        var other = await server.StartAnotherNode();
        var here = await server.As("spec-04");
        var there = await other.As("spec-05");
        var start = await here.Now();
        List<string> keys = [];
        for (var n = 0; n < 10; n++)
        {
            keys.Add(await there.RaisedWithInterimAction(start.AddMinutes(10 + n)));
        }

        await here.MoveTo(start.AddHours(1));

        (await server.Database.Scalar<long>("select count(*) from crisis.mt_events where stream_id = any ($1) and type = 'interim_action_expired'", (object)keys.ToArray())).ShouldBe(10);
        await Eventually.Is(async () => await there.Now() >= start.AddHours(1), "the other node follows");
        (await there.Note(keys[0], "Written by the other node.")).ShouldBeDone();
        (await server.Database.Scalar<DateTime>("select max(timestamp) from crisis.mt_events where stream_id = $1", keys[0])).ShouldBeGreaterThan(start.AddHours(1).UtcDateTime);
    }

    [Fact]
    public async Task The_clock_never_goes_back_and_runs_on_after_a_restart()
    {
        var api = await server.As("spec-04");
        await api.Pass(TimeSpan.FromDays(1));
        var now = await api.Now();

        (await api.Send(HttpMethod.Post, "/dev/clock", new { now = now.AddMinutes(-1) })).ShouldBeProblem(422, "validation", member: "now");
        (await api.Send(HttpMethod.Post, "/dev/clock", new { now = "9999-01-01T00:00:00Z" })).ShouldBeProblem(422, "validation", member: "now");
        (await api.Send(HttpMethod.Post, "/dev/clock", "null")).ShouldBeProblem(400, "validation");

        await using var restarted = await TestNode.Start(server.Database.ConnectionString);
        (await restarted.With(null).Now() - now).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_key_counter_can_be_set()
    {
        var api = await server.As("spec-04");
        var year = (await api.Now()).Year;
        await api.Raised();

        (await api.Send(HttpMethod.Post, "/dev/keys", new { prefix = $"ESC-{year}", next = 5101 })).ShouldBeDone();

        (await api.Raised()).ShouldBe($"ESC-{year}-005101");
        (await api.Raised()).ShouldBe($"ESC-{year}-005102");
        (await api.Send(HttpMethod.Post, "/dev/keys", new { prefix = "esc", next = 1 })).ShouldBeProblem(422, "validation", member: "prefix");
        (await api.Send(HttpMethod.Post, "/dev/keys", new { prefix = "ESC-2027", next = 0 })).ShouldBeProblem(422, "validation", member: "next");
    }
}
