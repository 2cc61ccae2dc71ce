using System.Threading.Channels;

namespace CrisisOps.Server.Streams;

/// <summary>
/// Commands that wait for the state of their stream, so that loading one does not hold up the other streams of the lane. What was loaded
/// comes back to the lane as a <see cref="StatesLoaded"/>.
/// </summary>
internal sealed class ParkedCommands(LaneWork work, ChannelWriter<LaneItem> lane)
{
    /// <summary>States loaded with one query: many, because a flood of timers wakes thousands of streams; not all, because a long one holds up the others.</summary>
    private const int LoadedTogether = 32;

    private readonly Dictionary<string, List<LaneItem>> _items = new(StringComparer.Ordinal);
    private readonly List<string> _wanted = [];

    public IEnumerable<LaneItem> All => _items.Values.SelectMany(items => items);

    /// <summary>Puts a command behind those that wait for the same state; false when nobody does. Order within the stream is kept.</summary>
    public bool Join(LaneItem item)
    {
        if (!_items.TryGetValue(item.Key, out var waiting))
        {
            return false;
        }

        waiting.Add(item);
        return true;
    }

    /// <summary>Sets a command aside; its state is asked for with the next <see cref="Load"/>.</summary>
    public void Park(LaneItem item)
    {
        _items[item.Key] = [item];
        _wanted.Add(item.Key);
    }

    /// <summary>Starts loading what was parked since the last time.</summary>
    public void Load(CancellationToken cancellation)
    {
        foreach (var some in _wanted.Chunk(LoadedTogether))
        {
            _ = LoadTogether(some, cancellation);
        }

        _wanted.Clear();
    }

    /// <summary>Gives back what waited for this state.</summary>
    public List<LaneItem> Take(string key) => _items.Remove(key, out var items) ? items : [];

    private async Task LoadTogether(string[] keys, CancellationToken cancellation)
    {
        Dictionary<string, HeldState> held = [];
        Exception? failure = null;
        try
        {
            held = await work.Load(keys, cancellation);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            failure = exception;
        }

        if (failure is not null && keys.Length > 1 && !cancellation.IsCancellationRequested)
        {
            // One that can not be read fails by itself.
            await Task.WhenAll(keys.Select(key => LoadTogether([key], cancellation)));
            return;
        }

        foreach (var key in keys)
        {
            lane.TryWrite(new StatesLoaded(key, held.GetValueOrDefault(key), failure));
        }
    }
}
