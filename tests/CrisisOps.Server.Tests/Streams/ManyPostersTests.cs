using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

/// <summary>A crisis is one hot stream: everybody posts on it at once.</summary>
public sealed class ManyPostersTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Among_thirty_two_posters_a_severity_change_succeeds_at_its_first_try_and_a_stale_one_is_told_so()
    {
        const int posters = 32;
        const int posts = 20;
        var callers = await Task.WhenAll(Enumerable.Range(0, posters).Select(i => server.As($"poster-{i}")));
        var key = await callers[0].Raised();

        var posting = callers.Select(async caller =>
        {
            List<Answer> answers = [];
            for (var i = 0; i < posts; i++)
            {
                answers.Add(await caller.Note(key, $"Update {i}"));
            }

            return answers;
        }).ToArray();
        var lead = await server.As("lead-1", roles: ["duty-lead"]);
        var changed = await lead.Post(key, "change-severity", new { severity = "SEV1" });
        var stale = await lead.Post(key, "change-severity", new { severity = "SEV3", reason = "On what I saw" }, ifMatch: "\"1\"");
        var answers = (await Task.WhenAll(posting)).SelectMany(a => a).ToList();

        changed.ShouldBeDone();
        stale.ShouldBeProblem(412, "version-conflict");
        answers.ShouldAllBe(a => a.Status == 200);
        const int all = (posters * posts) + 2; // with the raise and the change
        answers.Append(changed).Select(a => a.Version).Order().ShouldBe(Enumerable.Range(2, all - 1).Select(v => (long)v));
        (await server.Database.Versions(key)).ShouldBe(Enumerable.Range(1, all).Select(v => (long)v));
        (await server.Database.TimelineRows(key)).ShouldBe(all);
        (await server.Database.Scalar<long>("select version from crisis.mt_streams where id = $1", key)).ShouldBe(all);
    }

    [Fact]
    public async Task Thirty_two_posters_on_two_nodes_all_succeed_without_a_gap()
    {
        const int posters = 32;
        const int posts = 5;
        var other = await server.StartAnotherNode();
        var here = await server.As("spec-04");
        var there = other.With(here.Token);
        var key = await here.Raised();

        var answers = await Task.WhenAll(Enumerable.Range(0, posters).Select(async i =>
        {
            var caller = i % 2 == 0 ? here : there;
            List<Answer> mine = [];
            for (var n = 0; n < posts; n++)
            {
                mine.Add(await caller.Note(key, $"Update {n} of {i}"));
            }

            return mine;
        }));

        answers.SelectMany(a => a).ShouldAllBe(a => a.Status == 200);
        (await server.Database.Versions(key)).ShouldBe(Enumerable.Range(1, (posters * posts) + 1).Select(v => (long)v));
        (await server.Database.TimelineRows(key)).ShouldBe((posters * posts) + 1);
    }

    [Fact]
    public async Task Two_hundred_posters_with_their_own_tokens_are_each_named_on_their_own_event()
    {
        var callers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i => (Name: $"person-{i:D3}", Api: await server.As($"person-{i:D3}"))));
        var key = await callers[0].Api.Raised();

        var answers = await Task.WhenAll(callers.Select(c => c.Api.Note(key, $"I am {c.Name}.")));

        answers.ShouldAllBe(a => a.Status == 200);
        var strangers = await server.Database.Scalar<long>(
            "select count(*) from crisis.mt_events where stream_id = $1 and version > 1 and data->>'text' <> 'I am ' || user_name || '.'", key);
        var misquoted = await server.Database.Scalar<long>(
            """
            select count(*) from crisis.timeline t join crisis.mt_events e on e.stream_id = t.stream and e.version = t.version
             where t.stream = $1 and t.version > 1 and (t.author <> e.user_name or position(e.data->>'text' in t.core) = 0 or t.recorded_at <> e.timestamp)
            """, key);
        strangers.ShouldBe(0);
        misquoted.ShouldBe(0);
        (await server.Database.Scalar<long>("select count(distinct user_name) from crisis.mt_events where stream_id = $1", key)).ShouldBe(200);
    }

    [Fact]
    public async Task Recorded_instants_never_run_backwards_in_a_stream_and_are_cut_to_microseconds()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => specialist.Note(key, $"Update {i}")));

        var backwards = await server.Database.Scalar<long>(
            "select count(*) from (select timestamp, lag(timestamp) over (order by version) as previous from crisis.mt_events where stream_id = $1) e where timestamp < previous", key);

        backwards.ShouldBe(0);
    }
}
