using System.Diagnostics;

namespace CrisisOps.Benchmarks;

/// <summary>Fills a store through the public API.</summary>
internal static class Seeding
{
    private const int AtOnce = 64;

    /// <summary>Raises so many escalations, half in each region, and gives their keys in the order of their numbers.</summary>
    public static async Task<string[]> RaiseAsync(CrisisOpsApi api, int count, string[] tokens, CancellationToken cancellation)
    {
        var keys = new string[count];
        var clock = Stopwatch.StartNew();
        var done = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (number, cancel) =>
            {
                keys[number] = await api.RaiseAsync(number, tokens[number % tokens.Length], cancel);
                if (Interlocked.Increment(ref done) % 20_000 == 0)
                    Console.WriteLine($"  raised {done:N0} after {clock.Elapsed.TotalSeconds:F0} s");
            });
        Console.WriteLine($"Raised {count:N0} escalations in {clock.Elapsed.TotalSeconds:F1} s ({count / clock.Elapsed.TotalSeconds:N0}/s).");
        return keys;
    }
}
