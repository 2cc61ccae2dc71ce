using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Nobody acknowledged an update within the time it asked for.</summary>
public sealed record MarkUpdateAckOverdue(string UpdateId) : Command, ICrisisCommand<MarkUpdateAckOverdue>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Timer("mark-update-ack-overdue");

    public static Ruling Decide(MarkUpdateAckOverdue command, Crisis state, DecisionContext context) =>
        state.MayStillAcknowledge() && state.Updates.Find(u => u.BaseId == command.UpdateId) is { AckDueAt: { } due, AcknowledgedBy: [], AckOverdue: false } && due <= context.Now
            ? Ruling.Accept(new CrisisUpdateAckOverdue(command.UpdateId, due))
            : Ruling.Refuse("deadline-current", "This update was acknowledged, or is not due.");

    public static IEnumerable<MarkUpdateAckOverdue> Samples(Crisis state, DecisionContext context) => [];
}

public sealed record CrisisUpdateAckOverdue(string UpdateId, DateTimeOffset DueAt) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state.ChangeUpdate(UpdateId, u => u with { AckOverdue = true });

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"Nobody acknowledged {UpdateId} by {DueAt:HH:mm}Z").ToCrossFunctional();
}
