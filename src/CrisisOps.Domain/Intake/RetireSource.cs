using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>The source is none any more, for good: nothing of it is taken, and its name is free. What it sent stays.</summary>
public sealed record RetireSource(string Reason) : Command, IAlertSourceCommand<RetireSource>
{
    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.WhileOpen("retire");

    public static Ruling Decide(RetireSource command, AlertSource state, DecisionContext context) => string.IsNullOrWhiteSpace(command.Reason)
        ? Ruling.Refuse("reason-given", "Say in reason why nothing comes from this source any more.")
        : Ruling.Accept([.. MaintenanceWindows.EndNow(state.Maintenance, context.Now), new SourceRetired(command.Reason)]);

    public static IEnumerable<RetireSource> Samples(AlertSource state, DecisionContext context) => [new("Their system was switched off.")];
}

public sealed record SourceRetired(string Reason) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) => state with { Stage = SourceState.Retired, SilentSince = null, EndedAt = stamp.RecordedAt };

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Retired", Reason).ToCrossFunctional().ToExecutive($"Source retired: {after.Name}");
}
