using System.Globalization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>One open election for each region, type and day: the same vote is never registered twice.</summary>
public static class ElectionDayGuard
{
    /// <summary>The fact that tells which election is open for a region, a type and a day.</summary>
    public const string OpenElectionFact = "open-election";

    public static string FactId(string region, ElectionType type, DateOnly day, bool exercise) =>
        $"{region}/{type}/{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{(exercise ? "/exercise" : "")}";

    /// <summary>The fact that this election is while it is open.</summary>
    public static string FactId(ElectionEvent state) => FactId(state.Region, state.Type, state.ElectionDay, state.Exercise);

    internal static IEnumerable<(string Kind, string Id)> Facts(ElectionEvent state, DateOnly? newDay) =>
        newDay is { } day ? [(OpenElectionFact, FactId(state.Region, state.Type, day, state.Exercise))] : [];

    /// <summary>Refused when another election is open on the day this one moves to.</summary>
    internal static Ruling? Free(ElectionEvent state, DateOnly? newDay, DecisionContext context) =>
        Facts(state, newDay).Select(f => context.Fact(f.Kind, f.Id)).FirstOrDefault() is { } open && open != state.Key
            ? Ruling.Refuse("one-open-election", $"{open} is open for {state.Type} in {state.Region} on {newDay:yyyy-MM-dd}.")
            : null;
}
