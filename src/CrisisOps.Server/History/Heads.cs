using System.Globalization;
using System.Text.Json;
using CrisisOps.Proof;
using CrisisOps.Proof.Bundles;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>Signs heads: how large the history is, the root over its leaves, and the root over where every stream stands. Whoever makes one has the turn of the history (<see cref="Hosting.ClusterTurn"/>).</summary>
public sealed class Heads(NpgsqlDataSource database, TipBuckets buckets, HistoryKey key, HistorySettings settings, TimeProvider clock, WakeUps wakeUps)
{
    /// <summary>The name under which nodes tell each other of a new head.</summary>
    public const string Signal = "history-head";

    // Heads say when they were made in microseconds.
    private static readonly TimeSpan _tick = TimeSpan.FromMicroseconds(1);

    public async Task<SignedHead?> Latest(CancellationToken cancellation)
    {
        await using var command = database.Statement("select head from crisis.history_heads order by size desc limit 1");
        return await command.ExecuteScalarAsync(cancellation) is string head ? Read(head) : null;
    }

    public async Task<SignedHead?> OfSize(long size, CancellationToken cancellation) => (await After(size - 1, size, 1, cancellation)).SingleOrDefault();

    /// <summary>Heads that are larger than this, up to that size, the smallest first.</summary>
    public async Task<IReadOnlyList<SignedHead>> After(long size, long upto, int limit, CancellationToken cancellation)
    {
        await using var command = database.Statement("select head from crisis.history_heads where size > $1 and size <= $2 order by size limit $3", size, upto, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<SignedHead> heads = [];
        while (await reader.ReadAsync(cancellation))
        {
            heads.Add(Read(reader.GetString(0)));
        }

        return heads;
    }

    /// <summary>The largest head of at most this size; null when there is none.</summary>
    public async Task<SignedHead?> Upto(long size, CancellationToken cancellation)
    {
        await using var command = database.Statement("select head from crisis.history_heads where size <= $1 order by size desc limit 1", size);
        return await command.ExecuteScalarAsync(cancellation) is string head ? Read(head) : null;
    }

    private static SignedHead Read(string head) => JsonSerializer.Deserialize<SignedHead>(head, LineJson.Options)!;

    /// <summary>Signs a head if the last one is old enough, and something has happened since.</summary>
    public async Task MakeIfDue(CancellationToken cancellation)
    {
        // A clock that was put back makes the last head lie ahead: nobody waits until it is there again.
        if (await Latest(cancellation) is not { } last || (clock.GetUtcNow() - Instant(last)).Duration() >= settings.HeadEvery)
        {
            await Make(new Leisure(), cancellation);
        }
    }

    /// <summary>A head over everything that is chained: a new one, or the last one if that is still all. Null while nothing is.</summary>
    public Task<SignedHead?> Make(CancellationToken cancellation) => Make(leisure: null, cancellation);

    /// <param name="leisure">The pace; null when somebody waits for it.</param>
    private async Task<SignedHead?> Make(Leisure? leisure, CancellationToken cancellation)
    {
        var last = await Latest(cancellation);
        var tree = await Tree(cancellation);
        if (tree.Size == (last?.Size ?? 0))
        {
            return last;
        }

        await buckets.Renew(last?.Size ?? 0, tree.Size, leisure, cancellation);
        var levels = TipsMap.Levels(await buckets.At(tree.Size, cancellation));
        var head = new TreeHead(tree.Size, tree.Root(), TipsMap.Root(levels), At(last), key.Signing.Id).Sign(key.Signing);
        await using var batch = database.CreateBatch();
        // Proves that nothing was chained since: the tips that were read are those of this size.
        batch.Append("select crisis.move_history($1, $1, 0, $2)", tree.Size, tree.ToArray());
        batch.Append("insert into crisis.history_heads (size, at, head) values ($1, $2, $3)", head.Size, Instant(head), JsonSerializer.Serialize(head, LineJson.Options));
        await batch.ExecuteNonQueryAsync(cancellation);
        wakeUps.Committed([Signal]);
        return head;
    }

    /// <summary>Where these streams stand at the head that was made last, with the proofs of it.</summary>
    public async Task<IReadOnlyList<StreamTip>> Tips(IReadOnlyCollection<string> streams, CancellationToken cancellation)
    {
        int[] wanted = [.. streams.Select(stream => TipsMap.BucketOf(TipsMap.IdOf(stream))).Distinct()];
        var tips = await buckets.Tips(wanted, cancellation);
        var levels = TipsMap.Levels(await buckets.At((await Latest(cancellation))?.Size ?? 0, cancellation));
        var byStream = tips.ToDictionary(tip => tip.Stream, StringComparer.Ordinal);
        var held = tips.GroupBy(tip => tip.Bucket).ToDictionary(group => group.Key, group => TipBuckets.Entries(group).Select(entry => new[] { entry.Id, entry.Value }).ToArray());
        return [.. streams.Where(byStream.ContainsKey).Select(stream => byStream[stream]).Select(tip =>
            new StreamTip(tip.Stream, tip.Version, tip.Hash, held[tip.Bucket], TipsMap.Siblings(levels, tip.Bucket)))];
    }

    private async Task<CompactRange> Tree(CancellationToken cancellation)
    {
        await using var command = database.Statement("select size, complete from crisis.history");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return CompactRange.Read(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
    }

    /// <summary>Now, and after the last head: a smaller head that is as old as a larger one would look like a history that was cut.</summary>
    private string At(SignedHead? last)
    {
        var (now, next) = (clock.GetUtcNow(), last is null ? default : Instant(last) + _tick);
        return Text(now < next ? next : now);
    }

    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString(TreeHead.InstantFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(SignedHead head) => DateTimeOffset.Parse(head.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
