using System.Globalization;
using System.Text.Json;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>A timeline in the order of what was true, in the order of what we knew, and as of an instant.</summary>
public sealed class TimelinePageTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task What_happened_earlier_stands_earlier_and_what_was_learned_later_stands_later()
    {
        var specialist = await server.As("spec-04");
        var now = TimeProvider.System.GetUtcNow();
        var key = await specialist.Raised(new { occurredAt = now.AddHours(-1) });
        (await specialist.Note(key, "told at once")).ShouldBeDone();
        (await specialist.Post(key, "post-note", new { text = "seen yesterday", occurredAt = now.AddDays(-1) })).ShouldBeDone();

        (await Headlines(specialist, key, "order=recorded")).ShouldBe(["raise", "told at once", "seen yesterday"]);
        (await Headlines(specialist, key, "order=occurred")).ShouldBe(["seen yesterday", "raise", "told at once"]);
        (await Headlines(specialist, key, "")).ShouldBe(["seen yesterday", "raise", "told at once"]);
        (await Headlines(specialist, key, $"from={Instant(now.AddHours(-2))}")).ShouldBe(["raise", "told at once"]);
        (await Headlines(specialist, key, $"to={Instant(now.AddHours(-2))}")).ShouldBe(["seen yesterday"]);
        (await Headlines(specialist, key, $"order=recorded&to={Instant(now.AddHours(-2))}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task As_of_an_instant_it_holds_what_was_recorded_by_then_whenever_it_happened()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        var note = (await specialist.Note(key, "known then")).ShouldBeDone();
        var then = await RecordedAt(specialist, key, note.Version);
        (await specialist.Post(key, "post-note", new { text = "learned later", occurredAt = then.AddHours(-3) })).ShouldBeDone();

        (await Headlines(specialist, key, $"asOf={Instant(then)}")).ShouldBe(["raise", "known then"]);
        (await specialist.Get($"/v1/escalations/{key}?asOf={Instant(then)}")).ShouldBe(200).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Kinds_are_chosen_and_unknown_ones_refused()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        (await specialist.Note(key, "a note")).ShouldBeDone();
        (await specialist.Post(key, "attach-evidence", new { evidenceRef = "EVD-1" })).ShouldBeDone();

        (await Headlines(specialist, key, "kind=Note")).ShouldBe(["a note"]);
        (await Headlines(specialist, key, "order=recorded&kind=Raised,Note")).ShouldBe(["raise", "a note"]);
        (await specialist.Get($"/v1/timelines/{key}?kind=Gossip")).ShouldBeProblem(422, "validation", member: "kind");
        (await specialist.Get($"/v1/timelines/{key}?order=random")).ShouldBeProblem(422, "validation", member: "order");
        (await specialist.Get($"/v1/timelines/{key}?asOf=yesterday")).ShouldBeProblem(422, "validation", member: "asOf");
        (await specialist.Get($"/v1/timelines/{key}?since=1")).ShouldBeProblem(422, "validation", member: "since");
    }

    [Theory]
    [InlineData("occurred")]
    [InlineData("recorded")]
    public async Task Pages_in_either_order_hold_every_entry_once(string order)
    {
        const int notes = 40;
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var specialist = await server.As("spec-04");
        var now = TimeProvider.System.GetUtcNow();
        var key = await specialist.Raised();
        for (var i = 0; i < notes; i++)
        {
            // Many share an instant, so that the order within it matters.
            (await specialist.Post(key, "post-note", new { text = $"note {i}", occurredAt = now.AddMinutes(-random.Next(5)) })).ShouldBeDone();
        }

        var limit = random.Next(1, 9);
        var paged = await Pages(specialist, key, order, limit);
        var whole = await Entries(specialist, key, $"order={order}&limit=500");

        paged.Select(Version).ShouldBe(whole.Select(Version), $"seed {seed}");
        paged.Select(Version).Order().ShouldBe(Enumerable.Range(1, notes + 1).Select(v => (long)v), $"seed {seed}");
        var axis = paged.Select(e => e.GetProperty(order == "occurred" ? "occurredAt" : "recordedAt").GetDateTimeOffset()).ToArray();
        axis.ShouldBeInOrder(SortDirection.Ascending, $"seed {seed}");
        (await specialist.Get($"/v1/timelines/{key}?order={order}&cursor=abc")).ShouldBeProblem(422, "validation", member: "cursor");
    }

    [Fact]
    public async Task The_live_stream_goes_on_where_a_page_ended()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        (await specialist.Note(key, "on the page")).ShouldBeDone();
        var live = (await specialist.Get($"/v1/timelines/{key}?order=recorded")).ShouldBe(200)["live"];
        (await specialist.Note(key, "after the page")).ShouldBeDone();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var watcher = new LiveReader(key, live);

        await watcher.Read(server.Node, specialist.Token!, w => w.Versions.Count > 0, patience.Token);

        watcher.Versions.ShouldBe([3L]);
    }

    private static async Task<List<JsonElement>> Pages(Api caller, string key, string order, int limit)
    {
        List<JsonElement> entries = [];
        string? cursor = null;
        do
        {
            var page = (await caller.Get($"/v1/timelines/{key}?order={order}&limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}")).ShouldBe(200).Json;
            entries.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        return entries;
    }

    private static async Task<List<JsonElement>> Entries(Api caller, string key, string query) =>
        [.. (await caller.Get($"/v1/timelines/{key}?{query}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray()];

    private static async Task<IEnumerable<string>> Headlines(Api caller, string key, string query) =>
        (await Entries(caller, key, query)).Select(e => e.GetProperty("kind").GetString() == "Raised" ? "raise" : e.GetProperty("headline").GetString()!);

    private static async Task<DateTimeOffset> RecordedAt(Api caller, string key, long version) =>
        (await Entries(caller, key, "order=recorded")).Single(e => Version(e) == version).GetProperty("recordedAt").GetDateTimeOffset();

    private static long Version(JsonElement entry) => entry.GetProperty("version").GetInt64();

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
