using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>No message about a crisis waits too long any more: each went out, was given up, or is not needed.</summary>
public sealed record MarkNotificationsResumed : Command, ICrisisCommand<MarkNotificationsResumed>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Timer("mark-notifications-resumed");

    public static Ruling Decide(MarkNotificationsResumed command, Crisis state, DecisionContext context) => state.DelayedSince is { } since
        ? Ruling.Accept(new NotificationsResumed(since, context.Now))
        : Ruling.Refuse("delay-open", "Nothing is delayed.");

    public static IEnumerable<MarkNotificationsResumed> Samples(Crisis state, DecisionContext context) => [];
}

/// <param name="Since">When the delay began, UTC.</param>
/// <param name="Until">When nothing waited too long any more, UTC.</param>
public sealed record NotificationsResumed(DateTimeOffset Since, DateTimeOffset Until) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { DelayedSince = null };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"Notifications go out again; they were delayed from {Since:HH:mm}Z to {Until:HH:mm}Z").ToCrossFunctional();
}
