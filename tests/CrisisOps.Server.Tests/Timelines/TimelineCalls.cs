using System.Globalization;
using System.Text.Json;
using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>Timelines as tests read them.</summary>
internal static class TimelineCalls
{
    public static async Task<JsonElement[]> Timeline(this Api caller, string key, string query = "limit=500") =>
        [.. (await caller.Get($"/v1/timelines/{key}?{query}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray()];

    /// <summary>The whole timeline with its live cursor, which is there as soon as no transaction is open.</summary>
    public static async Task<Answer> Settled(this Api caller, string key, string query = "limit=500")
    {
        Answer? page = null;
        await Eventually.Is(async () => (page = (await caller.Get($"/v1/timelines/{key}?{query}")).ShouldBe(200))["live"] is not null, "the page has a live cursor");
        return page!;
    }

    /// <summary>Every page after the other.</summary>
    public static async Task<List<JsonElement>> Pages(this Api caller, string key, string query, int limit)
    {
        List<JsonElement> entries = [];
        string? cursor = null;
        do
        {
            var page = (await caller.Get($"/v1/timelines/{key}?{query}&limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}")).ShouldBe(200).Json;
            entries.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        return entries;
    }

    public static string Id(this JsonElement entry) => entry.GetProperty("entryId").GetString()!;

    public static string[] Ids(this IEnumerable<JsonElement> entries) => [.. entries.Select(Id)];

    public static string Headline(this JsonElement entry) => entry.GetProperty("headline").GetString()!;

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    /// <summary>Links an escalation and waits until the rules have told the crisis.</summary>
    public static async Task Link(this TestServer server, Api caller, string escalation, string crisis)
    {
        await caller.Gives(escalation, "link-to-crisis", new { crisisKey = crisis });
        await server.Database.RulesHeard();
    }
}
