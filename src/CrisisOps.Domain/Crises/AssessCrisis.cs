using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// Scores how bad it is (0 to 4) and how fast it spreads (0 to 4); the level is computed. An assessment alone changes no level
/// in force: declare or change-level does (domain §2.2).
/// </summary>
/// <param name="Certainty">As CAP names it.</param>
public sealed record AssessCrisis(
    int Consequence,
    int Virality,
    Certainty Certainty,
    string? ImminentOfflineHarm = null,
    string? OnPlatformContribution = null,
    string? Vulnerability = null,
    string? StateResponse = null,
    string? RegionalCapacity = null,
    string? Press = null) : Command, ICrisisCommand<AssessCrisis>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("assess", CrisisState.Proposed);

    public static Ruling Decide(AssessCrisis command, Crisis state, DecisionContext context) =>
        CrisisGivers.CommandOrLead.Check(state, context) ?? Scores(command.Consequence, command.Virality) ?? Ruling.Accept(command.Event(context));

    public static Ruling? Scores(int consequence, int virality) => consequence is < 0 or > 4 || virality is < 0 or > 4
        ? Ruling.Refuse("score-range", "consequence and virality run from 0 (none) to 4 (extreme).")
        : null;

    public CrisisAssessed Event(DecisionContext context) => new(
        Consequence, Virality, context.Rules.Crises.LevelOf(Consequence, Virality), Certainty, ImminentOfflineHarm, OnPlatformContribution, Vulnerability,
        StateResponse, RegionalCapacity, Press);

    public static IEnumerable<AssessCrisis> Samples(Crisis state, DecisionContext context) => [new(4, 3, Certainty.Observed)];
}

/// <param name="Level">Computed from both scores; null below the threshold of a crisis.</param>
public sealed record CrisisAssessed(
    int Consequence,
    int Virality,
    CrisisLevel? Level,
    Certainty Certainty,
    string? ImminentOfflineHarm,
    string? OnPlatformContribution,
    string? Vulnerability,
    string? StateResponse,
    string? RegionalCapacity,
    string? Press) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) =>
        state with { Assessment = new Assessment(Consequence, Virality, Level, Certainty, stamp.Actor, stamp.RecordedAt) };

    public Entry Say(Crisis before, Crisis after, Stamp stamp)
    {
        string?[] notes =
        [
            Note("offline harm", ImminentOfflineHarm), Note("on the platform", OnPlatformContribution), Note("vulnerable", Vulnerability),
            Note("state response", StateResponse), Note("capacity", RegionalCapacity), Note("press", Press),
        ];
        var body = string.Join("; ", notes.OfType<string>());
        return new Entry(
            EntryKind.Assessed, $"Assessed: consequence {Consequence}, virality {Virality}, {Level?.ToString() ?? "no crisis"} ({Certainty})", body.Length > 0 ? body : null)
            .ToCrossFunctional($"Assessed: {Level?.ToString() ?? "no crisis"} ({Certainty})");
    }

    private static string? Note(string what, string? text) => string.IsNullOrWhiteSpace(text) ? null : $"{what}: {text}";
}
