using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>It is more than a risk: a case or a crisis deals with it. Without a key a case is raised of it.</summary>
/// <param name="EscalationKey">The case that deals with it already.</param>
/// <param name="CrisisKey">The crisis that deals with it already.</param>
/// <param name="ProposedSeverity">Of the case that is raised; absent means SEV2.</param>
public sealed record EscalateRisk(string? EscalationKey = null, string? CrisisKey = null, Severity? ProposedSeverity = null) : Command, IRiskCommand<EscalateRisk>, INamesStreams
{
    public static CommandRule<RiskSignal> Rule { get; } = RiskGivers.WhileOpen("escalate", RiskGivers.Specialists);

    public IEnumerable<string> Streams() => new[] { EscalationKey, CrisisKey }.OfType<string>();

    public static Ruling Decide(EscalateRisk command, RiskSignal state, DecisionContext context)
    {
        if (command.Streams().Count() + (command.ProposedSeverity is null ? 0 : 1) > 1)
        {
            return Ruling.Refuse("one-way", "Name an escalation or a crisis that deals with it, or the severity of a case that is raised of it; one of them.");
        }

        foreach (var key in command.Streams())
        {
            if (context.Streams.GetValueOrDefault(key) switch
            {
                Escalation { Stage: not EscalationState.None } escalation when command.EscalationKey is not null => escalation.Exercise,
                Crisis { Stage: not CrisisState.None } crisis when command.CrisisKey is not null => crisis.Exercise,
                _ => (bool?)null,
            } is not { } exercise)
            {
                return Ruling.Refuse("case-known", $"There is no {(command.EscalationKey is null ? "crisis" : "escalation")} '{key}'.");
            }

            if (exercise != state.Exercise)
            {
                return Ruling.Refuse("exercise-apart", "An exercise and a real case are never mixed.");
            }
        }

        return RedGuard.Check(command.Streams().Any(), state, "POST /v1/escalations", "escalationKey") ?? Ruling.Accept(new RiskEscalated(command.EscalationKey, command.CrisisKey, command.ProposedSeverity));
    }

    public static IEnumerable<EscalateRisk> Samples(RiskSignal state, DecisionContext context) =>
        [new(), .. context.Streams.Keys.Where(key => key.StartsWith("ESC-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(key => new EscalateRisk(key))];

    public static Candidates? ChoosesFrom(RiskSignal state, Caller caller) => state.Tlp < Shared.Tlp.RED ? null : new Candidates.Linkable("ESC", state.Exercise, [], []);
}

/// <summary>What is RED names its readers, and what a rule opens would name nobody.</summary>
internal static class RedGuard
{
    /// <summary>Null when what comes of the signal is there already, or can be read once a rule has opened it.</summary>
    public static Ruling? Check(bool there, RiskSignal state, string door, string member) => there || state.Tlp < Tlp.RED
        ? null
        : Ruling.Refuse("red-names-readers", $"A signal that is RED opens nothing that anybody could read: use {door} yourself, and name what you get in {member} of escalate.", "escalate");
}

/// <summary>Without a key a case is raised of it, and <see cref="RiskLinked"/> says which.</summary>
public sealed record RiskEscalated(string? EscalationKey, string? CrisisKey, Severity? ProposedSeverity) : IRiskEvent
{
    public RiskSignal Apply(RiskSignal state, Stamp stamp) => state.Ended(RiskState.Escalated, stamp) with { EscalationKey = EscalationKey, CrisisKey = CrisisKey };

    public Entry Tell(RiskSignal before, RiskSignal after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, (EscalationKey ?? CrisisKey) is { } key ? $"Escalated: {key} deals with it" : "Escalated: a case is raised of it", after.Summary).ToCrossFunctional();
}
