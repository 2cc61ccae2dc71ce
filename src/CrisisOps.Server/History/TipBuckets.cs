using CrisisOps.Proof;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>
/// The hashes of the buckets in which all streams stand in the map of tips. A head of a minute's flood renews very many of them, so this is done in pieces, each
/// for itself: a transaction that stays open keeps everything that is committed meanwhile from the live streams. A renewed hash counts from the head on for
/// which it was made, and one that is never signed counts for nothing.
/// </summary>
public sealed class TipBuckets(NpgsqlDataSource database)
{
    // Of one piece: small enough that whoever posts goes between.
    private const int Leaves = 4000;
    private const int Buckets = 1000;

    // A head that was not made left its hashes behind: what counted before it is kept until one is.
    private const string Write = """
        insert into crisis.history_buckets as b (bucket, next, next_size) select u.bucket, u.hash, $3 from unnest($1::int[], $2::bytea[]) as u (bucket, hash)
            on conflict (bucket) do update set hash = case when b.next_size <= $4 then b.next else b.hash end, next = excluded.next, next_size = excluded.next_size
        """;

    /// <summary>Renews the buckets of all streams that have moved between two sizes of the tree, as their tips stand now: nobody may chain meanwhile.</summary>
    /// <param name="last">The size of the head that was made last.</param>
    /// <param name="size">The size of the one that is made next.</param>
    /// <param name="leisure">The pace; null when somebody waits for it.</param>
    public async Task Renew(long last, long size, Leisure? leisure, CancellationToken cancellation)
    {
        foreach (var piece in (await Moved(last, size, leisure, cancellation)).Chunk(Buckets))
        {
            var hashes = (await Tips(piece, cancellation)).GroupBy(tip => tip.Bucket).ToDictionary(group => group.Key, group => TipsMap.BucketHash(Entries(group)));
            await using var write = database.Statement(Write, hashes.Keys.ToArray(), hashes.Values.Select(hash => hash.ToArray()).ToArray(), size, last);
            await write.ExecuteNonQueryAsync(cancellation);
            await Pause(leisure, cancellation);
        }
    }

    /// <summary>The hashes of all buckets that are not empty, as they count for the head of this size.</summary>
    public async Task<Dictionary<int, Digest>> At(long size, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            "select bucket, hash from (select bucket, case when next_size <= $1 then next else hash end as hash from crisis.history_buckets) b where hash is not null", size);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<int, Digest> all = [];
        while (await reader.ReadAsync(cancellation))
        {
            all.Add(reader.GetInt32(0), Digest.Read(reader.GetFieldValue<byte[]>(1)));
        }

        return all;
    }

    /// <summary>Where the streams of these buckets stand.</summary>
    public async Task<IReadOnlyList<Tip>> Tips(int[] buckets, CancellationToken cancellation)
    {
        await using var command = database.Statement("select stream, version, hash, bucket from crisis.history_tips where bucket = any ($1)", buckets);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<Tip> tips = [];
        while (await reader.ReadAsync(cancellation))
        {
            tips.Add(new Tip(reader.GetString(0), reader.GetInt64(1), Digest.Read(reader.GetFieldValue<byte[]>(2)), reader.GetInt32(3)));
        }

        return tips;
    }

    /// <summary>What a bucket holds, in the order in which it is hashed.</summary>
    public static TipEntry[] Entries(IEnumerable<Tip> tips) =>
        [.. tips.Select(tip => new TipEntry(TipsMap.IdOf(tip.Stream), TipsMap.ValueOf(tip.Version, tip.Hash))).OrderBy(entry => entry.Id.ToString(), StringComparer.Ordinal)];

    /// <summary>The buckets of the streams that have leaves between two sizes.</summary>
    private async Task<IReadOnlyCollection<int>> Moved(long last, long size, Leisure? leisure, CancellationToken cancellation)
    {
        HashSet<int> buckets = [];
        for (var from = last; from < size; from += Leaves)
        {
            buckets.UnionWith(await Moved(from, from + Leaves, cancellation));
            await Pause(leisure, cancellation);
        }

        return buckets;
    }

    private async Task<List<int>> Moved(long from, long until, CancellationToken cancellation)
    {
        // Numbers and no names: an idle server that signs its last head shall look idle (IdleMemory).
        await using var command = database.Statement(
            "select distinct t.bucket from (select distinct stream from crisis.history_leaves where position >= $1 and position < $2) l join crisis.history_tips t on t.stream = l.stream", from, until);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<int> buckets = [];
        while (await reader.ReadAsync(cancellation))
        {
            buckets.Add(reader.GetInt32(0));
        }

        return buckets;
    }

    private static Task Pause(Leisure? leisure, CancellationToken cancellation) => leisure?.Pause(cancellation) ?? Task.CompletedTask;
}

/// <summary>Where a stream stands in the history, and in which bucket of the map.</summary>
public sealed record Tip(string Stream, long Version, Digest Hash, int Bucket);
