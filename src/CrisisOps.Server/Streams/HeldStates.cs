namespace CrisisOps.Server.Streams;

/// <summary>A state a lane holds, with the instant of its last event.</summary>
public sealed record HeldState(object State, long Version, DateTimeOffset RecordedAt);

/// <summary>The states one lane holds: bounded, least recently used out first. Used by its lane only, so not locked.</summary>
public sealed class HeldStates(int capacity)
{
    private readonly Dictionary<string, LinkedListNode<(string Key, HeldState State)>> _nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, HeldState State)> _order = new();

    public HeldState? Find(string key)
    {
        if (!_nodes.TryGetValue(key, out var node))
        {
            return null;
        }

        _order.Remove(node);
        _order.AddFirst(node);
        return node.Value.State;
    }

    public void Keep(string key, HeldState state)
    {
        Forget(key);
        _nodes[key] = _order.AddFirst((key, state));
        if (_nodes.Count > capacity)
        {
            Forget(_order.Last!.Value.Key);
        }
    }

    public void Forget(string key)
    {
        if (_nodes.Remove(key, out var node))
        {
            _order.Remove(node);
        }
    }
}
