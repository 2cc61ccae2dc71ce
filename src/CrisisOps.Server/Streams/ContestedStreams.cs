namespace CrisisOps.Server.Streams;

/// <summary>Streams that another node wrote a moment ago: they are locked first for a while, so that nodes do not conflict on every commit. Used by one lane only.</summary>
public sealed class ContestedStreams(int capacity)
{
    private static readonly TimeSpan _for = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, long> _until = new(StringComparer.Ordinal);

    public bool Has(string key)
    {
        if (!_until.TryGetValue(key, out var until))
        {
            return false;
        }

        if (until > Environment.TickCount64)
        {
            return true;
        }

        _until.Remove(key);
        return false;
    }

    public void Add(string key)
    {
        if (_until.Count > capacity)
        {
            _until.Clear(); // only a hint; a stream that is still fought over comes back with its next conflict
        }

        _until[key] = Environment.TickCount64 + (long)_for.TotalMilliseconds;
    }
}
