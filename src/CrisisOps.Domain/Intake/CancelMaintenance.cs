using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>Calls a maintenance window off: what comes raises again, from now on.</summary>
public sealed record CancelMaintenance(string WindowId) : Command, IAlertSourceCommand<CancelMaintenance>
{
    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.WhileOpen("cancel-maintenance");

    public static Ruling Decide(CancelMaintenance command, AlertSource state, DecisionContext context) =>
        state.Maintenance.Find(w => w.WindowId == command.WindowId) is { Next: not null } window
            ? Ruling.Accept([.. MaintenanceWindows.EndNow([window], context.Now), new MaintenanceCancelled(window.WindowId)])
            : Ruling.Refuse("maintenance-known", $"{state.Key} has no maintenance '{command.WindowId}' that goes on or lies ahead.");

    public static IEnumerable<CancelMaintenance> Samples(AlertSource state, DecisionContext context) => state.Stage == SourceState.None
        ? [new("MW-1")]
        : state.Maintenance.Where(w => w.Next is not null).Select(w => new CancelMaintenance(w.WindowId));
}

public sealed record MaintenanceCancelled(string WindowId) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) => state.WithWindow(WindowId, w => w with { CancelledAt = stamp.RecordedAt });

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp) => new Entry(EntryKind.Note, $"Maintenance {WindowId} called off").ToCrossFunctional();
}
