using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>What it was suspended for is settled: the source may send again.</summary>
/// <param name="Note">What settled it.</param>
public sealed record ResumeSource(string? Note = null) : Command, IAlertSourceCommand<ResumeSource>
{
    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.Rule("resume", SourceState.Suspended) with { Roles = SourceGivers.Stoppers };

    public static Ruling Decide(ResumeSource command, AlertSource state, DecisionContext context) => Ruling.Accept(new SourceResumed(command.Note));

    public static IEnumerable<ResumeSource> Samples(AlertSource state, DecisionContext context) => [new("Their loop is fixed.")];
}

public sealed record SourceResumed(string? Note) : IAlertSourceEvent
{
    /// <summary>A heartbeat is expected anew from now on.</summary>
    public AlertSource Apply(AlertSource state, Stamp stamp) => state with { Stage = SourceState.Active, HeardAt = stamp.RecordedAt, HeartbeatAims = state.HeartbeatAims + 1 };

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Resumed", Note).ToCrossFunctional().ToExecutive($"Source resumed: {after.Name}");
}
