namespace CrisisOps.Benchmarks;

/// <summary>
/// Posting updates: the server against the yardstick, in turns under the same load on the same PostgreSQL, with
/// pgbench as the ceiling. Turns, because a machine's mood changes by the minute: only a ratio of neighbours means something.
/// </summary>
internal static class UpdatesBench
{
    /// <summary>One way in which updates come: over how many streams, from how many clients at once.</summary>
    private sealed record Shape(string Name, int Streams, int Connections, string PgBenchScript, double Asked);

    public static async Task<bool> RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var server = await BenchServer.StartAsync(options, cancellation);
        await using var yardstick = await StartYardstickAsync(server, cancellation);
        using var api = new CrisisOpsApi(server.Url);
        var machine = await Machine.DescribeAsync(server, cancellation);

        Shape[] shapes =
        [
            new($"{options.Streams:N0} streams, 16 connections", options.Streams, 16, "many-streams.sql", Asked: 1.0),
            new("one stream, 32 connections", 1, 32, "one-stream.sql", Asked: 1.5),
        ];
        var tokens = options.DrivesServer
            ? await api.TokensAsync(people: 32, cancellation)
            : [new string('t', 600)]; // the yardstick does not read it; it only has to be as long as a real one
        var keys = options.DrivesServer
            ? await Seeding.RaiseAsync(api, options.Streams, tokens, cancellation)
            : [.. Enumerable.Range(1, options.Streams).Select(number => $"ESC-2027-{number:D6}")];

        var sides = Sides(options, server, yardstick);
        var drives = new Drives(new Wrk(options.Threads, options.Seconds, server.Folder), server, yardstick, tokens, cancellation);
        foreach (var side in sides)
        {
            // The first seconds of a .NET process are the compiler's.
            Console.WriteLine($"Warming up the {side.Name}.");
            var warmUp = new Drives(new Wrk(options.Threads, Seconds: 4, server.Folder), server, yardstick, tokens, cancellation);
            foreach (var shape in shapes)
                await warmUp.RunAsync(side, keys[..shape.Streams], shape.Connections);
        }

        var report = new Report("Posting updates", "load", "side", "posts/s", "p50 ms", "p99 ms", "not 2xx", "broken", "rows − answers", "CPU µs/post", "of PostgreSQL", "log bytes/post", "others' CPU", "ratio (rounds)", "asked");
        var clean = true;
        foreach (var shape in shapes)
        {
            Console.WriteLine();
            Console.WriteLine(shape.Name);
            var ceiling = new List<double>();
            var results = sides.ToDictionary(side => side, _ => new List<Drive>());
            for (var round = 1; round <= options.Rounds; round++)
            {
                // Whoever goes second meets a warmer disk and a fuller table: take turns at that too.
                foreach (var side in round % 2 == 1 ? sides : sides.Reverse())
                {
                    var drive = await drives.RunAsync(side, keys[..shape.Streams], shape.Connections);
                    Console.WriteLine($"  round {round}  {side.Name,-9}  {drive}");
                    results[side].Add(drive);
                }

                var (perSecond, mean) = await PgBench.RunAsync(server.Store.YardstickConnectionString, shape.PgBenchScript, shape.Connections, options.Seconds, cancellation);
                Console.WriteLine($"  round {round}  {"pgbench",-9}  {perSecond,8:N0}/s  mean {mean:F2} ms");
                ceiling.Add(perSecond);
            }

            foreach (var side in sides)
                report.Add(Row(shape, side, results[side], results[sides[0]], sides.Length == 2 && side == sides[1]));
            report.Add(shape.Name, "pgbench, no HTTP", Report.Number(Report.Median(ceiling), "N0"), "", "", "", "", "", "", "", "", "", "", "");
            clean &= results.Values.SelectMany(list => list).All(drive => drive.IsClean);
        }

        Console.WriteLine();
        Console.WriteLine($"Measured {machine}. {options.Drives}; medians of the rounds; ratio = posts/s of CrisisOps over the yardstick in the same round; p50 and p99 as wrk prints them.");
        report.Print();
        if (!clean)
            await Console.Error.WriteLineAsync("NOT CLEAN: some posts failed, or answers and rows in the database do not agree.");
        if (options.Only is not null)
            return clean;

        var live = await LiveBench.MeasureAsync(server, api, keys, tokens, options, cancellation);
        live.Report.Print();
        return clean && live.IsClean;
    }

    public static async Task<HostedProcess> StartYardstickAsync(BenchServer server, CancellationToken cancellation)
    {
        var url = HostedProcess.FreeUrl();
        var yardstick = HostedProcess.Start("yardstick", typeof(UpdatesBench).Assembly.Location, server.Folder, url,
            ["yardstick", server.Store.YardstickConnectionString, url.ToString()], new Dictionary<string, string?>());
        await yardstick.ReadyAsync("/", cancellation);
        return yardstick;
    }

    private static Side[] Sides(BenchOptions options, BenchServer server, HostedProcess yardstick)
    {
        var sides = new List<Side>();
        if (options.DrivesYardstick)
            sides.Add(new Side("yardstick", yardstick, [server.Store.YardstickRowsAsync]));
        if (options.DrivesServer)
            sides.Add(new Side("CrisisOps", server.Process, [server.Store.NoteEventsAsync, server.Store.TimelineRowsAsync]));
        return [.. sides];
    }

    private static string[] Row(Shape shape, Side side, List<Drive> drives, List<Drive> baseline, bool compare)
    {
        double Median(Func<Drive, double> figure) => Report.Median(drives.Select(figure));
        var ratios = compare ? drives.Zip(baseline, (ours, theirs) => ours.Result.PerSecond / theirs.Result.PerSecond).ToList() : [];
        return
        [
            shape.Name,
            side.Name,
            Report.Number(Median(drive => drive.Result.PerSecond), "N0"),
            Report.Number(Median(drive => drive.Result.P50), "F1"),
            Report.Number(Median(drive => drive.Result.P99), "F1"),
            Report.Number(drives.Sum(drive => drive.Result.Failed), "N0"),
            Report.Number(drives.Sum(drive => drive.Result.Broken), "N0"),
            Report.Number(drives.Sum(drive => drive.Unaccounted), "N0"),
            Report.Number(Median(drive => drive.ProgramMicroseconds), "N0"),
            Report.Number(Median(drive => drive.PostgresMicroseconds), "N0"),
            Report.Number(Median(drive => drive.LogBytes), "N0"),
            Report.Number(Median(drive => drive.Processor.Others), "P0"),
            compare ? $"**{Report.Number(Report.Median(ratios), "F2")}** ({string.Join(", ", ratios.Select(ratio => Report.Number(ratio, "F2")))})" : "1.00",
            compare ? Report.Number(shape.Asked, "F1") : "",
        ];
    }
}
