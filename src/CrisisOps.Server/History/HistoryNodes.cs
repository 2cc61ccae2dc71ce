using CrisisOps.Proof;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>Reads hashes of complete subtrees for proofs.</summary>
public sealed class HistoryNodes(NpgsqlDataSource database)
{
    private const string Wanted = """
        select n.level, n.place, n.hash from unnest($1::smallint[], $2::bigint[]) as w (level, place) join crisis.history_nodes n on n.level = w.level and n.place = w.place
        union all
        select 0::smallint, l.position, l.hash from unnest($3::bigint[]) as p (position) join crisis.history_leaves l on l.position = p.position
        """;

    /// <summary>The hashes of these spans, in their order.</summary>
    public async Task<Digest[]> Hashes(IReadOnlyCollection<TreeSpan> spans, CancellationToken cancellation)
    {
        var nodes = await Of(spans, cancellation);
        return [.. spans.Select(span => span.Hash(node => nodes[node]))];
    }

    /// <summary>The hashes of the complete subtrees that cover these spans.</summary>
    public async Task<Dictionary<TreeNode, Digest>> Of(IEnumerable<TreeSpan> spans, CancellationToken cancellation)
    {
        TreeNode[] wanted = [.. spans.SelectMany(span => span.Cover()).Distinct()];
        TreeNode[] above = [.. wanted.Where(node => node.Level > 0)];
        long[] leaves = [.. wanted.Where(node => node.Level == 0).Select(node => node.Index)];
        Dictionary<TreeNode, Digest> hashes = new(wanted.Length);
        if (wanted.Length > 0)
        {
            await using var command = database.Statement(Wanted, above.Select(node => (short)node.Level).ToArray(), above.Select(node => node.Index).ToArray(), leaves);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                hashes[new TreeNode(reader.GetInt16(0), reader.GetInt64(1))] = Digest.Read(reader.GetFieldValue<byte[]>(2));
            }
        }

        return hashes;
    }
}
