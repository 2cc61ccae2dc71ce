using System.Collections.Concurrent;

namespace CrisisOps.Server.Intake;

/// <summary>
/// Where keys led when this node last met them, so that what folds again and again is not looked up again and again. Nothing rests on it: a case that
/// ended since takes nothing more at the commit, and what is stored already is not stored again; both are then looked up.
/// </summary>
public sealed class RememberedHomes
{
    private const int Most = 50_000;

    private readonly ConcurrentDictionary<Guid, AlertHome> _homes = new();
    private int _count;

    /// <summary>All homes of an alert's keys; null unless every one of them is remembered, and was met so lately that nothing of it is to be written.</summary>
    public IReadOnlyList<AlertHome>? Of(ReceivedAlert alert)
    {
        var homes = new AlertHome[alert.Keys.Count];
        for (var i = 0; i < homes.Length; i++)
        {
            if (!_homes.TryGetValue(alert.Keys[i].Hash, out homes[i]!) || !AlertStore.Fresh(homes[i], alert))
            {
                return null;
            }
        }

        return homes;
    }

    public void Remember(Guid key, AlertHome home)
    {
        if (Interlocked.Increment(ref _count) > Most)
        {
            // All at once: what is met again is soon known again.
            _homes.Clear();
            _count = 0;
        }

        _homes[key] = home;
    }

    public void Forget(ReceivedAlert alert)
    {
        foreach (var key in alert.Keys)
        {
            Forget(key.Hash);
        }
    }

    public void Forget(Guid key) => _homes.TryRemove(key, out _);
}
