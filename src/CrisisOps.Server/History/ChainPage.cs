using CrisisOps.Proof;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>Leaves that are about to be written together, each stream strictly by version.</summary>
/// <param name="size">Leaves of the tree before.</param>
/// <param name="complete">Its complete subtrees.</param>
public sealed class ChainPage(long size, byte[] complete)
{
    private readonly Dictionary<string, (long Version, Digest Hash)> _tips = new(StringComparer.Ordinal);
    private readonly List<(StoredEvent Event, Digest Hash, Digest Commitment, byte[] Salt)> _leaves = [];
    private readonly List<(TreeNode Node, Digest Hash)> _nodes = [];

    public int Count => _leaves.Count;

    /// <summary>Streams of which something came before a version that is missing yet.</summary>
    public HashSet<string> Ahead { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes an event if it is the next one of its stream; one that is chained already is left.</summary>
    /// <param name="version">Where its stream stands in the store; 0 when nothing of it is chained.</param>
    public void Take(StoredEvent @event, long version, Digest hash)
    {
        var (standing, previous) = _tips.TryGetValue(@event.Stream, out var moved) ? moved : (version, hash);
        if (@event.Version > standing + 1)
        {
            Ahead.Add(@event.Stream);
        }

        if (@event.Version != standing + 1 || !Provable(@event))
        {
            return;
        }

        var salt = ContentCommitment.NewSalt();
        var commitment = ContentCommitment.Of(salt, @event.Envelope, @event.Data);
        var leaf = @event.Leaf(commitment).Hash(previous);
        // The content was committed to; keeping it until the page is written would keep all of it.
        _leaves.Add((@event with { Envelope = [], Data = [] }, leaf, commitment, salt));
        _tips[@event.Stream] = (@event.Version, leaf);
    }

    /// <summary>Writes all of it in one transaction, or nothing.</summary>
    /// <param name="upto">Every event up to this number of the sequence is chained with this page.</param>
    public async Task Write(NpgsqlDataSource database, long upto, CancellationToken cancellation)
    {
        var tree = CompactRange.Read(size, complete, (node, hash) => _nodes.Add((node, hash)));
        _leaves.ForEach(leaf => tree.Append(leaf.Hash));
        await using var batch = database.CreateBatch();
        // A page that is lost with the machine is chained anew: nobody has seen it until a head is signed, and that waits for the disk.
        batch.Append("select set_config('synchronous_commit', 'off', true)");
        batch.Append("select crisis.move_history($1, $2, $3, $4)", size, tree.Size, upto, tree.ToArray());
        if (Count > 0)
        {
            Leaves(batch);
            Tips(batch);
        }

        if (_nodes.Count > 0)
        {
            batch.Append(
                "insert into crisis.history_nodes (level, place, hash) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])",
                _nodes.Select(n => (short)n.Node.Level).ToArray(), _nodes.Select(n => n.Node.Index).ToArray(), _nodes.Select(n => n.Hash.ToArray()).ToArray());
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private void Leaves(NpgsqlBatch batch) => batch.Append(
        """
        insert into crisis.history_leaves (position, stream, version, hash, commitment, salt)
        select u.position, u.stream, u.version, u.hash, u.commitment, case when not exists (select 1 from crisis.history_erased x where x.stream = u.stream and x.version = u.version) then u.salt end
          from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bytea[], $5::bytea[], $6::bytea[]) as u (position, stream, version, hash, commitment, salt)
        """,
        Enumerable.Range(0, Count).Select(i => size + i).ToArray(), _leaves.Select(l => l.Event.Stream).ToArray(), _leaves.Select(l => l.Event.Version).ToArray(),
        _leaves.Select(l => l.Hash.ToArray()).ToArray(), _leaves.Select(l => l.Commitment.ToArray()).ToArray(), _leaves.Select(l => l.Salt).ToArray());

    private void Tips(NpgsqlBatch batch)
    {
        var tips = _tips.OrderBy(t => t.Key, StringComparer.Ordinal).ToArray();
        batch.Append(
            """
            insert into crisis.history_tips (stream, version, hash, bucket) select * from unnest($1::text[], $2::bigint[], $3::bytea[], $4::int[])
            on conflict (stream) do update set version = excluded.version, hash = excluded.hash
            """,
            tips.Select(t => t.Key).ToArray(), tips.Select(t => t.Value.Version).ToArray(), tips.Select(t => t.Value.Hash.ToArray()).ToArray(),
            tips.Select(t => TipsMap.BucketOf(TipsMap.IdOf(t.Key))).ToArray());
    }

    /// <summary>Names of ours are short and plain; what somebody wrote by hand under another name can not stand in a bundle.</summary>
    private static bool Provable(StoredEvent @event) => EventLeaf.IsName(@event.Stream) && EventLeaf.IsName(@event.Type);
}
