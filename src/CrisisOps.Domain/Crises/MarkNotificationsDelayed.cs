using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Messages about a live crisis wait longer than they should, and not because of one receiver. Once, until they go out again.</summary>
/// <param name="Since">Since when the oldest of them waits, UTC.</param>
/// <param name="Waiting">How many wait.</param>
/// <param name="Channels">What holds them up; <c>rules</c> when it is not even decided who is told.</param>
public sealed record MarkNotificationsDelayed(DateTimeOffset Since, int Waiting, IReadOnlyList<string> Channels) : Command, ICrisisCommand<MarkNotificationsDelayed>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Timer("mark-notifications-delayed");

    public static Ruling Decide(MarkNotificationsDelayed command, Crisis state, DecisionContext context) =>
        state is { Live: true, DelayedSince: null } && command.Since < context.Now && command is { Waiting: > 0, Channels.Count: > 0 }
            ? Ruling.Accept(new NotificationsDelayed(command.Since, command.Waiting, command.Channels))
            : Ruling.Refuse("delay-new", "This delay is recorded already, the crisis is over, or nothing waits.");

    public static IEnumerable<MarkNotificationsDelayed> Samples(Crisis state, DecisionContext context) => [];
}

/// <param name="Since">UTC.</param>
/// <param name="Channels">What holds them up.</param>
public sealed record NotificationsDelayed(DateTimeOffset Since, int Waiting, IReadOnlyList<string> Channels) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { DelayedSince = Since };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"Notifications delayed since {Since:HH:mm}Z: {Waiting} waiting ({string.Join(", ", Channels)})").ToCrossFunctional();
}
