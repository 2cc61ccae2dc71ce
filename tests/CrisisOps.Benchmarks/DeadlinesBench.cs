using System.Diagnostics;
using System.Globalization;

namespace CrisisOps.Benchmarks;

/// <summary>
/// How long it takes to fire deadlines that all fall due in the same second: over as many streams and all on one, on one node and on two.
/// Each must fire exactly once.
/// </summary>
internal static class DeadlinesBench
{
    private const int Asked = 10;
    private const int AtOnce = 64;

    private sealed record Scene(string Name, bool OneStream, int Nodes);

    public static async Task<bool> RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        var report = new Report($"Firing {options.Deadlines:N0} deadlines due in the same second", "deadlines", "nodes", "seconds", "per second", "fired", "twice", "asked s");
        var clean = true;
        var machine = "";
        foreach (var scene in new Scene[] { new("one on each stream", false, 1), new("one on each stream", false, 2), new("all on one stream", true, 1), new("all on one stream", true, 2) })
        {
            await using var server = await BenchServer.StartAsync(options, cancellation);
            await using var second = scene.Nodes > 1 ? await server.StartAnotherAsync(options, cancellation) : null;
            using var api = new CrisisOpsApi(server.Url);
            machine = await Machine.DescribeAsync(server, cancellation);
            // Before the first clock of a case raised now runs out, which is after an hour.
            var due = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()).AddMinutes(50);
            await SeedAsync(api, scene, options.Deadlines, due, cancellation);
            await server.Store.SettleAsync(cancellation);

            var took = await FireAsync(server, api, options.Deadlines, due, cancellation);
            var (fired, streams) = await server.Store.TasksOverdueAsync(cancellation);
            string[] cells =
            [
                scene.Name, Report.Number(scene.Nodes, "N0"), Report.Number(took.TotalSeconds, "F1"), Report.Number(options.Deadlines / took.TotalSeconds, "N0"),
                Report.Number(fired, "N0"), Report.Number(fired - streams, "N0"), $"< {Asked}",
            ];
            Console.WriteLine($"  {string.Join("  ", cells)}");
            report.Add(cells);
            clean &= fired == options.Deadlines && streams == options.Deadlines;
        }

        Console.WriteLine();
        Console.WriteLine($"Measured {machine}.");
        report.Print();
        return clean;
    }

    /// <summary>Tasks, because anybody can owe one, and because there may be any number of them on a case.</summary>
    private static async Task SeedAsync(CrisisOpsApi api, Scene scene, int count, DateTimeOffset due, CancellationToken cancellation)
    {
        var tokens = await api.TokensAsync(people: 8, cancellation);
        var keys = await Seeding.RaiseAsync(api, scene.OneStream ? 1 : count, tokens, cancellation);
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (number, cancel) => await api.CommandAsync(
                $"/v1/escalations/{keys[number % keys.Length]}/add-task", $"task-{number}", new { title = $"Task {number}", dueAt = due.ToString("O", CultureInfo.InvariantCulture) },
                tokens[number % tokens.Length], cancel));
    }

    /// <summary>Moves the clock to one second before, lets everything else fire, then to the second itself.</summary>
    private static async Task<TimeSpan> FireAsync(BenchServer server, CrisisOpsApi api, int count, DateTimeOffset due, CancellationToken cancellation)
    {
        await api.MoveClockAsync(due.AddSeconds(-1), cancellation);
        var clock = Stopwatch.StartNew();
        var moved = api.MoveClockAsync(due, cancellation);
        while ((await server.Store.TasksOverdueAsync(cancellation)).Fired < count && clock.Elapsed < TimeSpan.FromMinutes(5))
            await Task.Delay(50, cancellation);
        var took = clock.Elapsed;
        await moved;
        return took;
    }
}
