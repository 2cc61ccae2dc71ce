using System.Collections.Concurrent;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// Counts the wrong reply codes of each caller on this node. A person mistypes one or two; whoever sends twenty in a minute is guessing, and
/// has to wait for the end of that minute, with right codes too: or the answer would tell which they are.
/// </summary>
public sealed class WrongCodes(TimeProvider clock)
{
    /// <summary>Wrong codes in a minute that are still taken for slips.</summary>
    public const int Most = 20;

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    // By caller: when their minute began, and the wrong ones since. Callers have tokens, so there are not many of them.
    private readonly ConcurrentDictionary<string, (DateTimeOffset Since, int Count)> _callers = new(StringComparer.Ordinal);

    /// <summary>How long this caller has to wait; null when they need not.</summary>
    public TimeSpan? Wait(string caller) =>
        _callers.TryGetValue(caller, out var wrong) && wrong.Count >= Most && wrong.Since + _minute - clock.GetUtcNow() is var left && left > TimeSpan.Zero ? left : null;

    public void Add(string caller)
    {
        var now = clock.GetUtcNow();
        foreach (var (name, wrong) in _callers.Where(c => c.Value.Since + _minute <= now))
        {
            _callers.TryRemove(KeyValuePair.Create(name, wrong));
        }

        _callers.AddOrUpdate(caller, (now, 1), (_, wrong) => (wrong.Since, wrong.Count + 1));
    }
}
