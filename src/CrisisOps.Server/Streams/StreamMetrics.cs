using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CrisisOps.Server.Streams;

/// <summary>
/// What the lanes say of themselves: which commands came and what became of them, how full the lanes are, how large batches grow
/// and how long a commit takes. Names of commands only, never keys or persons: a metric is read by people without clearance.
/// </summary>
public static class StreamMetrics
{
    public const string Name = "CrisisOps";

    private static readonly Meter _meter = new(Name);

    private static readonly Counter<long> _commands =
        _meter.CreateCounter<long>("crisisops.commands", "{command}", "Commands answered, by name and outcome.");

    private static readonly UpDownCounter<int> _waiting =
        _meter.CreateUpDownCounter<int>("crisisops.lane.waiting", "{command}", "Callers who wait for a lane's answer.");

    private static readonly Histogram<int> _batch = _meter.CreateHistogram(
        "crisisops.batch.size", "{event}", "Events written in one commit.", null,
        new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    private static readonly Histogram<double> _commit = _meter.CreateHistogram(
        "crisisops.commit.duration", "s", "From sending a batch to PostgreSQL to its answer.", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });

    /// <summary>Counts a reply and hands it on.</summary>
    public static Reply Answered(string command, Reply reply)
    {
        _commands.Add(1, new KeyValuePair<string, object?>("command", command), new KeyValuePair<string, object?>("outcome", Outcome(reply)));
        return reply;
    }

    /// <param name="change">+1 when a command enters, -1 when it is answered or its caller has gone.</param>
    public static void Waiting(uint lane, int change)
    {
        if (_waiting.Enabled)
        {
            _waiting.Add(change, new KeyValuePair<string, object?>("lane", (int)lane));
        }
    }

    public static void Batch(int size) => _batch.Record(size);

    /// <param name="since">Timestamp of <see cref="Stopwatch"/>.</param>
    public static void Commit(long since, bool done)
    {
        if (_commit.Enabled)
        {
            _commit.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, new KeyValuePair<string, object?>("outcome", done ? "done" : "conflict"));
        }
    }

    private static string Outcome(Reply reply) => reply switch
    {
        Reply.Done => "done",
        Reply.Refused => "refused",
        Reply.Moved => "moved",
        Reply.NotFound => "not-found",
        Reply.KeyReused => "key-reused",
        Reply.Gone => "gone",
        _ => "busy",
    };
}
