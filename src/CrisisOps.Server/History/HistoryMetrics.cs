using System.Diagnostics.Metrics;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.History;

/// <summary>What the history says of itself.</summary>
public static class HistoryMetrics
{
    private static readonly Meter _meter = new(StreamMetrics.Name);

    private static readonly Counter<long> _chained = _meter.CreateCounter<long>("crisisops.history.chained", "{event}", "Events that became leaves of the history.");

    private static readonly Counter<long> _anchored = _meter.CreateCounter<long>("crisisops.history.anchored", "{head}", "Signed heads that an anchor was given, by its kind and what came of it.");

    public static void Chained(int events) => _chained.Add(events);

    public static void Anchored(string kind, bool done) =>
        _anchored.Add(1, new KeyValuePair<string, object?>("anchor", kind), new KeyValuePair<string, object?>("outcome", done ? "done" : "failed"));
}
