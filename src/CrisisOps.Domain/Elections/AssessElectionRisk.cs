using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Says how much is to be expected of an election, and why. The first one makes it Assessed; later ones move no phase (domain §2.3).</summary>
/// <param name="Drivers">What makes it risky, for example <c>Polarisation</c>.</param>
public sealed record AssessElectionRisk(RiskTier Tier, IReadOnlyList<string> Drivers, Confidence Confidence) : Command, IElectionCommand<AssessElectionRisk>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.WhileOpen("assess-risk", ElectionGivers.Lead);

    public static Ruling Decide(AssessElectionRisk command, ElectionEvent state, DecisionContext context)
    {
        string[] drivers = [.. (command.Drivers ?? []).Where(d => !string.IsNullOrWhiteSpace(d)).Distinct(StringComparer.Ordinal)];
        return drivers.Length == 0
            ? Ruling.Refuse("drivers-given", "Say in drivers what the tier rests on; also when nothing is to be expected.")
            : Ruling.Accept(new ElectionRiskAssessed(command.Tier, drivers, command.Confidence));
    }

    public static IEnumerable<AssessElectionRisk> Samples(ElectionEvent state, DecisionContext context) =>
        [new(RiskTier.High, ["Polarisation", "PriorInterferenceNetwork"], Confidence.Moderate)];
}

public sealed record ElectionRiskAssessed(RiskTier Tier, IReadOnlyList<string> Drivers, Confidence Confidence) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with
    {
        Stage = state.Stage == ElectionPhase.Registered ? ElectionPhase.Assessed : state.Stage,
        Risk = new ElectionRisk(Tier, Drivers, Confidence, stamp.Actor, stamp.RecordedAt),
    };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        var headline = before.Risk is { } old && old.Tier != Tier ? $"Risk: {old.Tier} to {Tier}" : $"Risk: {Tier}";
        return new Entry(EntryKind.Assessed, headline, $"{string.Join(", ", Drivers)}; confidence {$"{Confidence}".ToLowerInvariant()}").ToCrossFunctional().ToExecutive(headline);
    }
}
