using CrisisOps.Server.Hosting;
using CrisisOps.Server.Intake;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Rebuilds;

/// <summary>
/// Builds every read model anew beside the live one and compares them row by row, while the server goes on. Only at the end the writers wait for
/// a moment, for what came meanwhile. What differs is put right in one transaction, and only when told to: no reader ever sees an empty timeline.
/// </summary>
public sealed class Rebuild(NpgsqlDataSource database, StreamBuilder builder)
{
    /// <summary>Streams that are built together: of most there are a few events.</summary>
    private const int Together = 200;

    /// <summary>What the run found.</summary>
    /// <param name="Streams">How many were built.</param>
    /// <param name="Snapshots">The streams whose stored snapshot is not what their events fold to.</param>
    /// <param name="Switched">What differed is put right.</param>
    public sealed record Outcome(long Streams, IReadOnlyList<Difference> Differences, IReadOnlyCollection<string> Snapshots, bool Switched)
    {
        public bool Equal => Differences.All(d => d.None) && Snapshots.Count == 0;
    }

    /// <param name="andSwitch">Put right what differs.</param>
    /// <param name="progress">Told how many of how many streams are built.</param>
    /// <returns>Null when somebody else is at it.</returns>
    public async Task<Outcome?> Run(bool andSwitch, IProgress<(long Built, long Of)> progress, CancellationToken cancellation)
    {
        await using var turn = await ClusterTurn.Try(database, ClusterTurn.Rebuild, cancellation);
        if (turn is null)
        {
            return null;
        }

        await RebuiltSchema.Create(database, cancellation);
        try
        {
            HashSet<string> snapshots = new(StringComparer.Ordinal);
            var streams = await BuildAll(snapshots, progress, cancellation);
            await using var connection = await database.OpenConnectionAsync(cancellation);
            var comparison = new Comparison(connection);
            var suspects = await Suspects(comparison, cancellation);
            return await Finish(comparison, suspects, snapshots, streams, andSwitch, cancellation);
        }
        finally
        {
            await RebuiltSchema.Drop(database, CancellationToken.None);
        }
    }

    /// <summary>The streams of which something differs while everybody writes; most of them moved on meanwhile.</summary>
    private static async Task<HashSet<string>> Suspects(Comparison comparison, CancellationToken cancellation)
    {
        HashSet<string> suspects = new(StringComparer.Ordinal);
        await using var transaction = await comparison.Begin(cancellation);
        foreach (var model in ReadModel.All)
        {
            suspects.UnionWith((await comparison.Of(model, null, cancellation)).Streams);
        }

        return suspects;
    }

    /// <summary>While no writer writes: builds what came meanwhile, looks again at what differed, and puts it right if told to.</summary>
    private async Task<Outcome> Finish(
        Comparison comparison, HashSet<string> suspects, HashSet<string> snapshots, long streams, bool andSwitch, CancellationToken cancellation)
    {
        await using var transaction = await comparison.Begin(cancellation);
        await comparison.Run("set local lock_timeout = '10s'; lock table crisis.mt_streams in share mode", null, cancellation);
        var after = "";
        while (await Unbuilt(after, cancellation) is [.., var last] some)
        {
            after = last;
            suspects.UnionWith(some);
        }

        foreach (var some in suspects.Order(StringComparer.Ordinal).Chunk(Together))
        {
            snapshots.ExceptWith(some);
            snapshots.UnionWith(await builder.Build(some, cancellation));
        }

        List<Difference> differences = [];
        foreach (var model in ReadModel.All)
        {
            differences.Add(await comparison.Of(model, suspects, cancellation));
        }

        if (andSwitch)
        {
            await PutRight(comparison, differences, snapshots, cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return new Outcome(streams, differences, snapshots, andSwitch);
    }

    private static async Task PutRight(Comparison comparison, List<Difference> differences, HashSet<string> snapshots, CancellationToken cancellation)
    {
        foreach (var difference in differences.Where(d => !d.None))
        {
            await comparison.Switch(difference.Model, difference.Streams, cancellation);
        }

        // A snapshot is made again by need.
        await comparison.Run("delete from crisis.snapshots where stream = any ($1)", snapshots, cancellation);
        // Nodes that remember rows read them again.
        await comparison.Run($"{Book.Turn}; {SourceRows.Turn}", null, cancellation);
    }

    private async Task<long> BuildAll(HashSet<string> snapshots, IProgress<(long Built, long Of)> progress, CancellationToken cancellation)
    {
        await using var count = database.Statement("select count(*) from crisis.mt_streams");
        var (built, all, after) = (0L, (long)(await count.ExecuteScalarAsync(cancellation))!, "");
        while (await Unbuilt(after, cancellation) is [.., var last] some)
        {
            snapshots.UnionWith(await builder.Build(some, cancellation));
            after = last;
            progress.Report((built += some.Length, long.Max(built, all)));
        }

        return built;
    }

    /// <summary>Streams after this one that are not built as far as they have got, in the order of their keys, at most so many as are built together.</summary>
    private async Task<string[]> Unbuilt(string after, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            $"""
            select coalesce(array_agg(u.id order by u.id), '{"{}"}') from (
                select s.id from crisis.mt_streams s left join {RebuiltSchema.Name}.built b on b.stream = s.id
                 where s.id > $1 and b.version is distinct from s.version order by s.id limit {Together}) u
            """,
            after);
        return (string[])(await command.ExecuteScalarAsync(cancellation))!;
    }
}
