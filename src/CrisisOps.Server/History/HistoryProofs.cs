using CrisisOps.Proof;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>Proofs of single events and of pairs of heads, out of hashes alone.</summary>
public sealed class HistoryProofs(NpgsqlDataSource database, Heads heads, HistoryNodes nodes)
{
    /// <summary>The proof that an event stands in the history, at the newest head; null when it is not in it.</summary>
    public async Task<InclusionProof?> Inclusion(string stream, long version, CancellationToken cancellation)
    {
        if (await heads.Latest(cancellation) is not { } head)
        {
            return null;
        }

        await using var command = database.Statement("select position, hash from crisis.history_leaves where stream = $1 and version = $2 and position < $3", stream, version, head.Size);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            return null;
        }

        var (position, leaf) = (reader.GetInt64(0), Digest.Read(reader.GetFieldValue<byte[]>(1)));
        return new InclusionProof(stream, version, position, leaf, head, await nodes.Hashes(TreeProof.Inclusion(position, head.Size), cancellation));
    }

    /// <summary>The proof that the one head is the beginning of the other; null when one of them is none.</summary>
    public async Task<ConsistencyProof?> Consistency(long from, long to, CancellationToken cancellation)
    {
        var (first, second) = (await heads.OfSize(from, cancellation), await heads.OfSize(to, cancellation));
        return first is null || second is null ? null : new ConsistencyProof(first, second, await nodes.Hashes(TreeProof.Consistency(from, to), cancellation));
    }
}

/// <param name="Leaf">The hash of the leaf.</param>
/// <param name="Proof">As RFC 9162 §2.1.3 has it.</param>
public sealed record InclusionProof(string Stream, long Version, long Position, Digest Leaf, SignedHead Head, IReadOnlyList<Digest> Proof);

/// <param name="Proof">As RFC 9162 §2.1.4 has it.</param>
public sealed record ConsistencyProof(SignedHead From, SignedHead To, IReadOnlyList<Digest> Proof);
