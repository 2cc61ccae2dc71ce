namespace CrisisOps.Benchmarks;

/// <summary>One of the two programs under load, and how to count what it stored: every count must grow by one per post.</summary>
internal sealed record Side(string Name, HostedProcess Process, Func<CancellationToken, Task<long>>[] Counts);

/// <summary>
/// What the load tool saw in one drive, and what the database and the kernel say about it: the largest difference
/// between new rows and answers of 2xx, where the processor's time went, and the bytes that PostgreSQL wrote ahead.
/// </summary>
internal sealed record Drive(DriveResult Result, long Unaccounted, ProcessorTimes Processor, long Written)
{
    public bool IsClean => Result is { Failed: 0, Broken: 0, Succeeded: > 0 } && Unaccounted == 0;

    public double ProgramMicroseconds => Processor.Program * 1e6 / Result.Answers;

    public double PostgresMicroseconds => Processor.Postgres * 1e6 / Result.Answers;

    public double LogBytes => (double)Written / Result.Answers;

    public override string ToString() =>
        $"{Result.PerSecond,8:N0}/s  p50 {Result.P50:F2} ms  p99 {Result.P99:F2} ms  max {Result.Max:F0} ms  not 2xx {Result.Failed}  broken {Result.Broken}  "
        + (Unaccounted == 0 ? "rows = answers" : $"rows − answers {Unaccounted}")
        + (Processor.Others < 0.1 ? "" : $"  (disturbed: others took {Processor.Others:P0} of the machine)");
}

/// <summary>Drives a side and counts before and after.</summary>
internal sealed class Drives(Wrk wrk, BenchServer server, HostedProcess yardstick, string[] tokens, CancellationToken cancellation)
{
    public async Task<Drive> RunAsync(Side side, string[] keys, int connections)
    {
        var before = await CountAsync(side);
        var written = await server.Store.WrittenAsync(cancellation);
        var processor = Processor(side);
        var result = await wrk.PostNotesAsync(side.Process.Url, connections, keys, tokens, cancellation);
        processor = Processor(side) - processor;
        written = await server.Store.WrittenAsync(cancellation) - written;
        var differences = (await CountAsync(side)).Zip(before, (now, then) => now - then - result.Succeeded);
        return new Drive(result, differences.MaxBy(Math.Abs), processor, written);
    }

    private ProcessorTimes Processor(Side side) =>
        ProcessorTimes.Read(side.Process.Id, new[] { server.Process.Id, yardstick.Id }.Where(id => id != side.Process.Id), server.Store.Postmaster);

    private async Task<long[]> CountAsync(Side side)
    {
        var counts = new List<long>();
        foreach (var count in side.Counts)
            counts.Add(await count(cancellation));
        return [.. counts];
    }
}
