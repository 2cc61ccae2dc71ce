using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>The end of an occurrence of a maintenance window. A timer of an older occurrence does nothing.</summary>
public sealed record EndMaintenance(string WindowId, int Generation) : Command, IAlertSourceCommand<EndMaintenance>
{
    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.Timer("end-maintenance");

    public static Ruling Decide(EndMaintenance command, AlertSource state, DecisionContext context) =>
        state.Open && state.Maintenance.Find(w => w.WindowId == command.WindowId) is { Next: { } next } window && window.Ended + 1 == command.Generation && next.To <= context.Now
            ? Ruling.Accept(new MaintenanceEnded(window.WindowId, next.From, next.To))
            : Ruling.Refuse("deadline-current", "This occurrence is over, was called off, or goes on still.");

    public static IEnumerable<EndMaintenance> Samples(AlertSource state, DecisionContext context) => [];
}

/// <param name="From">When this occurrence began, UTC.</param>
/// <param name="To">When it ended, UTC: by its plan, or because it was called off.</param>
public sealed record MaintenanceEnded(string WindowId, DateTimeOffset From, DateTimeOffset To) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) => state.WithWindow(WindowId, w => w with { Ended = w.Ended + 1, EndedUpTo = To });

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp) =>
        new Entry(EntryKind.Clock, FormattableString.Invariant($"Maintenance {WindowId} is over: {From:yyyy-MM-dd HH:mm}Z to {To:yyyy-MM-dd HH:mm}Z")).ToCrossFunctional();
}
