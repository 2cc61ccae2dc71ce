using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Reactions;

/// <summary>What rules did, as tests ask for it.</summary>
internal static class RuleCalls
{
    private static int _countries;

    /// <summary>A country from which no other test of this run has a report.</summary>
    public static string NewCountry()
    {
        var number = Interlocked.Increment(ref _countries);
        return $"{(char)('P' + (number / 26))}{(char)('A' + (number % 26))}";
    }

    /// <summary>Triages as SEV1 of violence, so that the crisis is one of mass casualties.</summary>
    public static Task<Answer> TriageWorst(this Api api, string key, string region, string severity = "SEV1") =>
        api.Gives(key, "triage", new { severity, policyArea = "ViolenceAndIncitement", region = new[] { region }, duplicateSearchDone = true });

    public static Task<string> RaisedIn(this Api api, string region, bool exercise = false) => api.Raised(new { region = new[] { region }, exercise });

    /// <summary>Three reports of a region of which the last is triaged SEV1, and what the rules made of them.</summary>
    public static async Task<string[]> Cluster(this TestServer server, Api api, string region, bool exercise = false)
    {
        string[] keys = [await api.RaisedIn(region, exercise), await api.RaisedIn(region, exercise), await api.RaisedIn(region, exercise)];
        await api.TriageWorst(keys[2], region);
        await server.Database.RulesHeard();
        return keys;
    }

    /// <summary>Crises that hold one of these escalations, whatever became of them.</summary>
    public static async Task<string[]> CrisesOf(this TestDatabase database, params string[] escalations) =>
        [.. await database.Column<string>(
            """
            select distinct stream_id from crisis.mt_events where type = 'crisis_proposed' and data->'refs' ?| $1
                or type = 'escalation_attached' and data->>'escalationKey' = any ($1) order by 1
            """,
            (object)escalations)];

    /// <summary>The escalations that a crisis says are its own, sorted.</summary>
    public static async Task<string[]> Attached(this Api api, string crisis) =>
        [.. (await api.Read(crisis)).GetProperty("escalations").EnumerateArray().Select(e => e.GetProperty("key").GetString()!).Order(StringComparer.Ordinal)];

    /// <summary>The crisis that an escalation says is its own.</summary>
    public static async Task<string?> CrisisOf(this Api api, string escalation) =>
        (await api.Read(escalation)).TryGetProperty("crisisKey", out var key) ? key.GetString() : null;

    /// <summary>Declares a proposal.</summary>
    public static async Task Declare(this Api lead, string crisis)
    {
        await lead.Gives(crisis, "assess", new { consequence = 4, virality = 3, certainty = "Observed" });
        await lead.Gives(crisis, "declare", new { codename = "HARBOUR" });
    }

    public static Task<List<string>> Failed(this TestDatabase database) => database.Column<string>("select message from crisis.failed_reactions order by recorded_at");
}
