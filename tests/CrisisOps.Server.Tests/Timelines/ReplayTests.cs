using System.Text.Json;
using System.Xml;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>GET /v1/timelines/{key}/replay: the pace of then, times a speed.</summary>
public sealed class ReplayTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private readonly string _region = StreamCalls.NewRegion();

    [Fact]
    public async Task Each_entry_comes_after_the_gap_of_then_divided_by_the_speed()
    {
        var (reader, key) = await Case();
        var told = await reader.Timeline(key, "order=recorded");
        server.Reader.Waits();

        var replay = await reader.Replayed(key, "speed=60");

        replay.Entries().Select(e => e.GetRawText()).ShouldBe(told.Select(e => e.GetRawText()));
        ShouldBeNearly(server.Reader.Waits(), Gaps(told).Select(gap => gap / 60));
        (replay[0].Name, replay[^1].Name).ShouldBe(("replay", "end"));
        replay[0].Data.GetProperty("first").GetDateTimeOffset().ShouldBe(Recorded(told[0]));
        replay[0].Data.GetProperty("last").GetDateTimeOffset().ShouldBe(Recorded(told[^1]));
        replay[^1].Data.GetProperty("position").GetInt32().ShouldBe(told.Length);
    }

    [Fact]
    public async Task Before_each_wait_it_says_where_it_stands_and_when_the_next_one_comes()
    {
        var (reader, key) = await Case();
        var told = await reader.Timeline(key, "order=recorded");

        var progress = (await reader.Replayed(key, "speed=60")).Where(e => e.Name == "progress").Select(e => e.Data).ToArray();

        var first = Recorded(told[0]);
        var whole = Recorded(told[^1]) - first;
        progress[^1].GetProperty("position").GetInt32().ShouldBe(told.Length - 1);
        progress[^1].GetProperty("share").GetDecimal().ShouldBe(decimal.Round((decimal)((Recorded(told[^2]) - first) / whole), 4));
        Time(progress[^1], "next").ShouldBe(Recorded(told[^1]) - Recorded(told[^2]));
        Time(progress[^1], "nextIn").ShouldBe((Recorded(told[^1]) - Recorded(told[^2])) / 60, TimeSpan.FromTicks(1));
        progress.Select(p => p.GetProperty("share").GetDecimal()).ShouldBeInOrder();
    }

    [Fact]
    public async Task The_same_request_gives_the_same_bytes_until_a_redaction_changes_what_is_seen()
    {
        var (reader, key) = await Case();
        var once = (await reader.GetReplay(key, "speed=7.5&maxGap=PT20S")).ShouldBe(200).Text;

        (await reader.GetReplay(key, "speed=7.5&maxGap=PT20S")).Text.ShouldBe(once);

        (await reader.Give(key, "redact-entry", new { entry = 2, reason = "names a victim" })).ShouldBe(200);
        var changed = await reader.Replayed(key, "speed=7.5&maxGap=PT20S");
        changed[0].Data.GetProperty("visibility").GetString().ShouldNotBe(ReplayCalls.Read(once)[0].Data.GetProperty("visibility").GetString());
    }

    [Fact]
    public async Task What_is_erased_of_an_entry_that_they_read_changes_what_is_seen_too()
    {
        var (reader, key) = await Case();
        var once = (await reader.Replayed(key, "speed=max"))[0].Data.GetProperty("visibility").GetString();

        await server.Database.Execute("select crisis.erase_entry($1, 2, '{text}', '[erased]')", key);

        (await reader.Replayed(key, "speed=max"))[0].Data.GetProperty("visibility").GetString().ShouldNotBe(once);
    }

    [Fact]
    public async Task Gaps_longer_than_the_bound_are_shortened_and_max_waits_for_nothing()
    {
        var (reader, key) = await Case();
        server.Reader.Waits();

        await reader.Replayed(key, "maxGap=PT2S");
        server.Reader.Waits().Max().ShouldBe(TimeSpan.FromSeconds(2));

        var whole = await reader.Replayed(key, "speed=max");
        server.Reader.Waits().ShouldBeEmpty();
        whole.Entries().Ids().ShouldBe((await reader.Timeline(key)).Ids());
        whole.ShouldAllBe(e => e.Name == "replay" || e.Name == "entry" || e.Name == "end");
    }

    [Fact]
    public async Task While_nothing_comes_a_comment_every_fifteen_seconds_keeps_the_connection()
    {
        var (reader, key) = await Case();
        var gap = Gaps(await reader.Timeline(key, "order=recorded")).Max();

        var text = (await reader.GetReplay(key, "speed=10")).ShouldBe(200).Text;

        var comments = text.Split("\n\n").Count(block => block.StartsWith(':'));
        comments.ShouldBe((int)(gap / 10 / EventStream.KeepAliveEvery));
        comments.ShouldBe(4); // ten minutes at ten times are a minute
    }

    [Fact]
    public async Task Who_comes_back_with_the_last_id_gets_the_rest_and_after_the_end_nothing()
    {
        var (reader, key) = await Case();
        var whole = await reader.Replayed(key, "speed=60");
        var entries = whole.Where(e => e.Name == "entry").ToArray();
        server.Reader.Waits();

        var rest = await reader.Replayed(key, "speed=60", entries[1].Id);

        rest.Where(e => e.Name == "entry").Select(e => (e.Id, e.Data.GetRawText())).ShouldBe(entries[2..].Select(e => (e.Id, e.Data.GetRawText())));
        ShouldBeNearly(server.Reader.Waits(), Gaps(entries[1..].Select(e => e.Data)).Select(gap => gap / 60));
        (await reader.GetReplay(key, "speed=60", whole[^1].Id)).ShouldBe(204);
    }

    [Fact]
    public async Task By_the_clock_of_occurrence_what_was_learned_late_stands_where_it_happened()
    {
        var (reader, key) = await Case();
        var noted = await reader.Gives(key, "post-note", new { text = "It began here", occurredAt = (await reader.Now()).AddHours(-6) });
        noted.ShouldBe(200);

        (await reader.Replayed(key, "speed=max&clock=occurred")).Entries()[0].Headline().ShouldBe("It began here");
        (await reader.Replayed(key, "speed=max&clock=recorded")).Entries()[^1].Headline().ShouldBe("It began here");
    }

    [Fact]
    public async Task From_and_to_choose_a_span_and_outside_of_all_there_is_only_an_end()
    {
        var (reader, key) = await Case();
        var told = await reader.Timeline(key, "order=recorded");
        var (from, to) = (TimelineCalls.Instant(Recorded(told[1])), TimelineCalls.Instant(Recorded(told[^1])));

        (await reader.Replayed(key, $"speed=max&from={from}&to={to}")).Entries().Ids().ShouldBe(told[1..^1].Ids());

        foreach (var outside in (string[])["from=2000-01-01T00:00:00Z&to=2000-01-02T00:00:00Z", "from=2190-01-01T00:00:00Z"])
        {
            server.Reader.Waits();
            (await reader.Replayed(key, outside)).Select(e => e.Name).ShouldBe(["replay", "end"]);
            server.Reader.Waits().ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_seek_to_a_quiet_hour_waits_until_something_happens()
    {
        var (reader, key) = await Case();
        var told = await reader.Timeline(key, "order=recorded");
        var from = Recorded(told[^1]).AddMinutes(-5);
        server.Reader.Waits();

        (await reader.Replayed(key, $"speed=60&from={TimelineCalls.Instant(from)}")).Entries().Ids().ShouldBe([told[^1].Id()]);

        ShouldBeNearly(server.Reader.Waits(), [TimeSpan.FromSeconds(5)]);
    }

    [Theory]
    [InlineData("speed=0", "speed")]
    [InlineData("speed=-1", "speed")]
    [InlineData("speed=0.001", "speed")]
    [InlineData("speed=1000000", "speed")]
    [InlineData("speed=1e3", "speed")]
    [InlineData("speed=NaN", "speed")]
    [InlineData("speed=fast", "speed")]
    [InlineData("maxGap=PT0S", "maxGap")]
    [InlineData("maxGap=-PT1S", "maxGap")]
    [InlineData("maxGap=P2D", "maxGap")]
    [InlineData("maxGap=3", "maxGap")]
    [InlineData("clock=wall", "clock")]
    [InlineData("frames=film", "frames")]
    [InlineData("frames=board", "frames")]
    [InlineData("from=2027-05-15T14:00:00Z&to=2027-05-15T14:00:00Z", "from")]
    [InlineData("from=2027-05-15T15:00:00Z&to=2027-05-15T14:00:00Z", "from")]
    [InlineData("from=yesterday", "from")]
    [InlineData("until=2027-05-15T15:00:00Z", "until")]
    public async Task A_wish_that_makes_no_sense_is_refused_by_name(string query, string member)
    {
        var (reader, key) = await Case();

        (await reader.GetReplay(key, query)).ShouldBeProblem(422, "validation", member: member);
    }

    [Fact]
    public async Task A_cursor_of_something_else_is_refused()
    {
        var (reader, key) = await Case();
        var live = (await reader.Settled(key))["live"];
        var recorded = (await reader.Replayed(key, "speed=max")).First(e => e.Id is not null).Id;

        foreach (var (cursor, query) in ((string?, string)[])[(live, "speed=max"), ("nonsense", "speed=max"), (recorded, "speed=max&clock=occurred")])
        {
            (await reader.GetReplay(key, query, cursor)).ShouldBeProblem(422, "validation", member: "Last-Event-ID");
        }
    }

    [Fact]
    public async Task A_timeline_that_its_reader_may_not_see_does_not_exist()
    {
        var (_, key) = await Case();
        var stranger = await server.As("spec-98", regions: [StreamCalls.NewRegion()]);

        (await stranger.GetReplay(key, "speed=max")).ShouldBeProblem(404, "not-found");
        (await stranger.GetReplay("ESC-2027-999999", "speed=max")).ShouldBeProblem(404, "not-found");
        (await stranger.GetReplay("nothing", "speed=max")).ShouldBeProblem(404, "not-found");
    }

    /// <summary>A case with a note at once, one after half a minute and one after ten minutes more.</summary>
    private async Task<(Api Reader, string Key)> Case()
    {
        var reader = await server.As("spec-04", regions: [_region]);
        var key = await reader.Raised(new { region = new[] { _region } });
        (await reader.Note(key, "at once")).ShouldBeDone();
        await server.Database.RulesHeard();
        await reader.Pass(TimeSpan.FromSeconds(30));
        (await reader.Note(key, "half a minute later")).ShouldBeDone();
        await reader.Pass(TimeSpan.FromMinutes(10));
        (await reader.Note(key, "ten minutes later")).ShouldBeDone();
        return (reader, key);
    }

    private static DateTimeOffset Recorded(JsonElement entry) => entry.GetProperty("recordedAt").GetDateTimeOffset();

    private static TimeSpan Time(JsonElement data, string member) => XmlConvert.ToTimeSpan(data.GetProperty(member).GetString()!);

    private static IEnumerable<TimeSpan> Gaps(IEnumerable<JsonElement> entries) =>
        entries.Select(Recorded).ToArray() is var at ? at.Skip(1).Zip(at, (next, before) => next - before) : [];

    /// <summary>Timers know whole milliseconds; what one is short of, the next one makes up for.</summary>
    private static void ShouldBeNearly(IEnumerable<TimeSpan> waits, IEnumerable<TimeSpan> gaps)
    {
        var (waited, planned) = (Long(waits), Long(gaps));
        waited.Length.ShouldBe(planned.Length);
        waited.Zip(planned, (one, other) => (one - other).Duration()).ShouldAllBe(off => off <= TimeSpan.FromMilliseconds(2));

        static TimeSpan[] Long(IEnumerable<TimeSpan> spans) => [.. spans.Where(s => s > TimeSpan.FromMilliseconds(2))];
    }
}
