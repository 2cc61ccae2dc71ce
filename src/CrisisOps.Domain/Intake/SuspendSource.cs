using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>What it sends is refused for now; its keys stay.</summary>
public sealed record SuspendSource(string Reason) : Command, IAlertSourceCommand<SuspendSource>
{
    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.Rule("suspend", SourceState.Active) with { Roles = SourceGivers.Stoppers };

    public static Ruling Decide(SuspendSource command, AlertSource state, DecisionContext context) => string.IsNullOrWhiteSpace(command.Reason)
        ? Ruling.Refuse("reason-given", "Say in reason why nothing may come from this source.")
        : Ruling.Accept(new SourceSuspended(command.Reason));

    public static IEnumerable<SuspendSource> Samples(AlertSource state, DecisionContext context) => [new("It sends the same alert with ever new references.")];
}

public sealed record SourceSuspended(string Reason) : IAlertSourceEvent
{
    /// <summary>Nothing is expected of a source that may not send.</summary>
    public AlertSource Apply(AlertSource state, Stamp stamp) => state with { Stage = SourceState.Suspended, SilentSince = null };

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Suspended", Reason).ToCrossFunctional().ToExecutive($"Source suspended: {after.Name}");
}
