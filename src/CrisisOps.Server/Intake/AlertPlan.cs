using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;

namespace CrisisOps.Server.Intake;

/// <summary>What becomes of an alert.</summary>
public abstract record AlertFate
{
    private AlertFate()
    {
    }

    /// <summary>It is stored already: sent again, or twice in one request.</summary>
    public sealed record Known : AlertFate
    {
        public static readonly Known Instance = new();
    }

    /// <summary>It belongs to a case that is open.</summary>
    /// <param name="Matched">By what it was found, in words.</param>
    public sealed record Fold(string Escalation, FoldReason Reason, string Matched) : AlertFate;

    /// <summary>It raises a case.</summary>
    /// <param name="Olds">For each of its keys the case it led to, which is over; null for one that led nowhere.</param>
    public sealed record Raise(IReadOnlyList<string?> Olds) : AlertFate;

    /// <summary>It belongs to the case that another alert of the same chunk raises.</summary>
    public sealed record Follow(ReceivedAlert First, FoldReason Reason, string Matched) : AlertFate;

    /// <summary>It is kept, and raises nothing.</summary>
    /// <param name="Maintenance">The window in which it is kept back; it is looked at again when that ends.</param>
    public sealed record Keep(KeptReason Reason, string? Maintenance = null) : AlertFate;
}

/// <summary>Why an alert is kept and raised nothing.</summary>
public enum KeptReason
{
    /// <summary>Less severe than the rules let through.</summary>
    BelowFloor,

    /// <summary>Its source is under maintenance.</summary>
    Maintenance,

    /// <summary>It says that something is seen to or over of which nothing is open.</summary>
    NothingOpen,

    /// <summary>The same reference was reported before, and that case is over.</summary>
    ReportedBefore,

    /// <summary>A machine answered: an out-of-office reply, a bounce.</summary>
    Automatic,

    /// <summary>The case could not be raised; the log has why.</summary>
    NotRaised,
}

/// <summary>What the store knows of the alerts of a chunk.</summary>
/// <param name="Stored">Those that are stored already, and what they were then kept for; null for those that belong to a case.</param>
/// <param name="Homes">Where keys lead.</param>
public sealed record AlertLookup(IReadOnlyDictionary<Guid, KeptReason?> Stored, IReadOnlyDictionary<Guid, AlertHome> Homes)
{
    public static readonly AlertLookup Nothing = new(new Dictionary<Guid, KeptReason?>(), new Dictionary<Guid, AlertHome>());
}

/// <summary>The case to which a key leads, by way of all merges.</summary>
/// <param name="Claimed">The case for which the key was taken; another one when that was merged.</param>
/// <param name="SeenAt">When an alert last came by this key, UTC; not always the very last time: <see cref="AlertStore.Fresh"/>.</param>
public sealed record AlertHome(string Claimed, string Escalation, bool Open, DateTimeOffset SeenAt);

/// <summary>Decides a chunk in its order. Pure: the same alerts on the same lookup come to the same fates.</summary>
public static class AlertPlan
{
    /// <param name="again">They are stored and were kept back: now they are looked at again, unless somebody else has given them a place meanwhile.</param>
    public static IReadOnlyList<AlertFate> Of(IReadOnlyList<ReceivedAlert> chunk, AlertLookup lookup, string? maintenance, bool again = false)
    {
        var seen = new HashSet<Guid>(chunk.Count);
        var raising = new Dictionary<Guid, ReceivedAlert>();
        var fates = new AlertFate[chunk.Count];
        for (var i = 0; i < fates.Length; i++)
        {
            var alert = chunk[i];
            fates[i] = !seen.Add(alert.Id) || (lookup.Stored.TryGetValue(alert.Id, out var kept) && (!again || kept is null)) ? AlertFate.Known.Instance : Of(alert, lookup, raising, maintenance);
            if (fates[i] is AlertFate.Raise)
            {
                foreach (var key in alert.Keys)
                {
                    raising[key.Hash] = alert;
                }
            }
        }

        return fates;
    }

    private static AlertFate Of(ReceivedAlert alert, AlertLookup lookup, Dictionary<Guid, ReceivedAlert> raising, string? maintenance)
    {
        if (alert.Alert.Automatic)
        {
            return new AlertFate.Keep(KeptReason.Automatic);
        }

        foreach (var key in alert.Keys.Where(k => Finds(alert, k)))
        {
            if (lookup.Homes.GetValueOrDefault(key.Hash) is { Open: true } home && (key.Reason != FoldReason.ContentId || home.SeenAt > alert.ReceivedAt - alert.Reading.ContentWindow))
            {
                return new AlertFate.Fold(home.Escalation, ReasonOf(alert, key), key.Text);
            }

            if (raising.TryGetValue(key.Hash, out var first))
            {
                return new AlertFate.Follow(first, ReasonOf(alert, key), key.Text);
            }
        }

        return alert.Alert.Action != AlertAction.Trigger ? new AlertFate.Keep(KeptReason.NothingOpen)
            : maintenance is not null ? new AlertFate.Keep(KeptReason.Maintenance, maintenance)
            : alert.Reading.BelowFloor ? new AlertFate.Keep(KeptReason.BelowFloor)
            : new AlertFate.Raise([.. alert.Keys.Select(k => lookup.Homes.GetValueOrDefault(k.Hash)?.Claimed)]);
    }

    /// <summary>What its source sees to or takes back is only ever what the source itself named.</summary>
    private static bool Finds(ReceivedAlert alert, AlertKey key) => alert.Alert.Action == AlertAction.Trigger || key.Reason != FoldReason.ContentId;

    private static FoldReason ReasonOf(ReceivedAlert alert, AlertKey key) => alert.Alert.Action switch
    {
        AlertAction.Acknowledge => FoldReason.Acknowledged,
        AlertAction.Resolve => FoldReason.Resolved,
        _ => key.Reason,
    };
}
