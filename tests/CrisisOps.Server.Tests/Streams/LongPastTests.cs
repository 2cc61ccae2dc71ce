using CrisisOps.Server.Streams;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

/// <summary>The past of long streams: folded once, and then from what was kept on the way.</summary>
public sealed class LongPastTests(TestServer server) : IClassFixture<TestServer>
{
    private const int Long = 2800;

    [Fact]
    public async Task Whoever_folds_a_long_way_leaves_states_for_the_next_the_denser_the_nearer()
    {
        var (api, key) = await LongCase();

        (await api.Read(key, $"?version={Long}")).GetProperty("version").GetInt64().ShouldBe(Long);

        (await Kept(key)).ShouldBe([500, 1500, 2000, 2500]);
        foreach (var version in (long[])[1, 499, 500, 501, 1499, 2799])
        {
            var then = await api.Read(key, $"?version={version}");
            (then.GetProperty("version").GetInt64(), then.GetProperty("title").GetString()).ShouldBe((version, "Posts call for violence at a polling station"));
        }
    }

    [Fact]
    public async Task The_next_reader_starts_from_the_newest_that_is_no_later_than_what_they_ask_for()
    {
        var (api, key) = await LongCase();
        await api.Read(key, $"?version={Long}");
        await server.Database.Execute("update crisis.history_snapshots set body = replace(body, 'Posts call', version::text) where stream = $1", key);

        (await Title(api, key, "?version=999")).ShouldStartWith("500 ");
        (await Title(api, key, "?version=2499")).ShouldStartWith("2000 ");
        (await Title(api, key, "?version=2500")).ShouldStartWith("2500 ");
        (await Title(api, key, $"?asOf={await Recorded(key, 1700)}")).ShouldStartWith("1500 ");
        (await Title(api, key, $"?asOf={await Recorded(key, 1700)}&clock=occurred")).ShouldStartWith("1500 ");
        (await Title(api, key, "?version=499")).ShouldStartWith("Posts call");
    }

    [Fact]
    public async Task A_short_way_or_one_by_the_clock_of_occurrence_leaves_nothing()
    {
        var (api, key) = await LongCase();

        await api.Read(key, "?version=500");
        await api.Read(key, $"?asOf={await Recorded(key, Long)}&clock=occurred");

        (await Kept(key)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_another_build_left_is_not_read()
    {
        var (api, key) = await LongCase();
        await api.Read(key, $"?version={Long}");
        await server.Database.Execute("update crisis.history_snapshots set shape = 'of another build', body = 'nothing that this one can read' where stream = $1", key);

        (await Title(api, key, "?version=2001")).ShouldStartWith("Posts call");
    }

    [Fact]
    public async Task What_is_forgotten_stays_forgotten_although_somebody_was_just_folding_it()
    {
        var (api, key) = await LongCase();
        var snapshots = server.Node.Services.GetRequiredService<HistorySnapshots>();
        var (cancellation, then) = (TestContext.Current.CancellationToken, new Past(null, Long));
        await api.Read(key, $"?version={Long}");
        var start = (await snapshots.Before([key], then, cancellation)).Single();
        start.Held.Version.ShouldBe(2500);

        await server.Database.Scalar<object>("select crisis.forget_past($1)::text", key);
        (await Kept(key)).ShouldBeEmpty();
        await snapshots.Keep(start, [start.Held], cancellation);
        (await Kept(key)).ShouldBeEmpty();

        await api.Read(key, $"?version={Long}");
        (await Kept(key)).ShouldBe([500, 1500, 2000, 2500]);
    }

    [Fact]
    public async Task However_many_streams_are_read_a_thousand_states_are_kept_the_newest_ones()
    {
        var (api, key) = await LongCase();
        await server.Database.Execute("delete from crisis.history_snapshots");
        await server.Database.Execute(
            """
            insert into crisis.history_snapshots (stream, version, shape, recorded_at, body, kept_at)
            select 'ESC-1999-000001', n, 'old', now(), '', now() - interval '1 year' + n * interval '1 second' from generate_series(1, 1200) n
            """);

        await api.Read(key, $"?version={Long}");

        (await server.Database.Scalar<long>("select count(*) from crisis.history_snapshots")).ShouldBe(1000);
        (await Kept(key)).Count.ShouldBe(4);
        (await server.Database.Scalar<long>("select min(version) from crisis.history_snapshots where stream = 'ESC-1999-000001'")).ShouldBe(205);
    }

    /// <summary>A case with thousands of notes, a millisecond apart.</summary>
    private async Task<(Api Api, string Key)> LongCase()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised();
        var last = (await api.Note(key, "And another one.")).ShouldBeDone().Version;
        await server.Database.Execute(
            """
            insert into crisis.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, headers, user_name)
            select nextval('crisis.mt_events_sequence'), gen_random_uuid(), stream_id, n, data, type, timestamp + (n - version) * interval '1 millisecond', mt_dotnet_type, correlation_id, causation_id,
                   headers, user_name
              from crisis.mt_events, generate_series($2::bigint + 1, $3::bigint) n where stream_id = $1 and version = $2
            """,
            key, last, (long)Long);
        return (api, key);
    }

    private Task<List<long>> Kept(string key) => server.Database.Column<long>("select version from crisis.history_snapshots where stream = $1 order by version", key);

    private async Task<string> Recorded(string key, long version) =>
        TimelineCalls.Instant(await server.Database.Scalar<DateTime>("select timestamp from crisis.mt_events where stream_id = $1 and version = $2", key, version));

    private static async Task<string> Title(Api api, string key, string query) => (await api.Read(key, query)).GetProperty("title").GetString()!;
}
