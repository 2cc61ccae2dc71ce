using System.Collections.Concurrent;
using System.Diagnostics;

namespace CrisisOps.Benchmarks;

/// <summary>
/// Alerts to partners with a webhook each: how many go out per second, what dead endpoints among them cost the others, and how soon after
/// its answer an alert is there.
/// </summary>
internal static class DeliveriesBench
{
    private const int OneAlert = 100;
    private const int PacedRecipients = 10;
    private const int PacedAlerts = 20;
    private const int Desks = 10;
    private static readonly int[] _crises = [1, 5];
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private sealed record Outcome(int Expected, int Came, double Seconds, double PerSecond, double PerSecondLater, ProcessorTimes Processor);

    public static async Task<bool> RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var server = await BenchServer.StartAsync(options, new Dictionary<string, string?> { ["Egress__AllowedNetworks__0"] = "127.0.0.0/8", ["Egress__Timeout"] = "00:00:05" }, cancellation);
        using var api = new CrisisOpsApi(server.Url);
        var machine = await Machine.DescribeAsync(server, cancellation);
        var seeding = new PartnerSeeding(api);
        await using var receiver = await AlertReceiver.StartAsync(seeding.ConfirmAsync, cancellation);
        // The dead ones stand elsewhere: connections are counted by host and port, and a real one that is dead is nobody else's host.
        await using var failing = await AlertReceiver.StartAsync(seeding.ConfirmAsync, cancellation);
        var closed = await AlertReceiver.StartAsync(seeding.ConfirmAsync, cancellation);

        // Each measurement has dead ones of its own: that it is dead the server must find out.
        var deadEach = options.Partners / OneAlert;
        string[] addresses =
        [
            .. Enumerable.Range(0, options.Partners).Select(number => receiver.Address(Manners.Well, number)),
            .. Enumerable.Range(0, options.Rounds * _crises.Length * deadEach).Select(number => (number % 3) switch
            {
                0 => closed.Address(Manners.Well, number),
                1 => failing.Address(Manners.Silent, number),
                _ => failing.Address(Manners.Wrong, number),
            }),
        ];
        var names = await seeding.PartnersAsync(addresses, cancellation);
        await closed.DisposeAsync();
        await server.Store.SettleAsync(cancellation);
        var well = names[..options.Partners];
        await RoundAsync(server, await seeding.CrisesAsync(_crises[^1], cancellation), receiver, well, dead: [], cancellation); // what is compiled and prepared at the first use

        var rates = new Report(
            $"Alerts to {options.Partners:N0} partners, {OneAlert} at a time", "crises at once", "endpoints", "to arrive", "arrived", "s until all healthy have it", "per second", "after the first second", "times without dead", "asked",
            "server µs", "PostgreSQL µs", "receiver µs", "others");
        var clean = true;
        Dictionary<int, List<double>> ratios = _crises.ToDictionary(c => c, _ => new List<double>());
        var unused = names.Skip(options.Partners).Chunk(deadEach).GetEnumerator();
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var crises in _crises)
            {
                unused.MoveNext();
                var outcomes = new Dictionary<bool, Outcome>();
                // In turns first: the server gets faster for a while.
                foreach (var dead in round % 2 == 0 ? new[] { false, true } : [true, false])
                    outcomes[dead] = await RoundAsync(server, await seeding.CrisesAsync(crises, cancellation), receiver, well, dead ? unused.Current : [], cancellation);
                // A hundredth fewer are to be reached.
                ratios[crises].Add(outcomes[true].Seconds / outcomes[true].Expected / (outcomes[false].Seconds / outcomes[false].Expected));
                Add(rates, crises, "all well", outcomes[false], double.NaN, "≥ 1,000/s");
                Add(rates, crises, "1 % dead", outcomes[true], ratios[crises][^1], "≤ 1.1");
                clean &= outcomes.Values.All(o => o.Came == o.Expected);
            }
        }

        var desks = await seeding.CrisesAsync(Desks, cancellation);
        var (paced, expected) = await PaceAsync(desks, receiver, well, options.Seconds, cancellation);
        Console.WriteLine();
        Console.WriteLine($"Measured {machine}.");
        rates.Print();
        Console.WriteLine();
        Console.WriteLine($"Medians of the ratios: {string.Join(", ", ratios.Select(r => $"{Report.Number(Report.Median(r.Value), "F2")} ({r.Key} at once)"))}. Messages that came more than once: {receiver.Repeats}.");
        var soon = new Report($"From the answer to the arrival, {PacedAlerts} alerts of {PacedRecipients} per second", "expected", "came", "p50 ms", "p99 ms", "max ms", "asked p99 ms");
        soon.Add(
            Report.Number(expected, "N0"), Report.Number(paced.Length, "N0"), Report.Number(Report.Percentile(paced, 0.5), "F0"), Report.Number(Report.Percentile(paced, 0.99), "F0"),
            Report.Number(Report.Percentile(paced, 1), "F0"), "< 500");
        soon.Print();
        return clean && paced.Length == expected;
    }

    private static void Add(Report report, int crises, string endpoints, Outcome outcome, double ratio, string asked)
    {
        string Each(double seconds) => Report.Number(seconds * 1e6 / outcome.Came, "F0");
        string[] cells =
        [
            Report.Number(crises, "N0"), endpoints, Report.Number(outcome.Expected, "N0"), Report.Number(outcome.Came, "N0"), Report.Number(outcome.Seconds, "F2"), Report.Number(outcome.PerSecond, "N0"),
            Report.Number(outcome.PerSecondLater, "N0"), Report.Number(ratio, "F2"), asked,
            Each(outcome.Processor.Program), Each(outcome.Processor.Postgres), Each(outcome.Processor.Ours - outcome.Processor.Program - outcome.Processor.Postgres),
            Report.Number(outcome.Processor.Others, "P0"),
        ];
        Console.WriteLine($"  {string.Join("  ", cells)}");
        report.Add(cells);
    }

    /// <summary>Each crisis alerts everybody, a hundred at a time; a dead one takes the place of a healthy one in each hundred.</summary>
    private static async Task<Outcome> RoundAsync(BenchServer server, AlertDesk[] crises, AlertReceiver receiver, string[] well, string[] dead, CancellationToken cancellation)
    {
        // What the last round left to be written or tried again.
        await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
        ProcessorTimes Processor() => ProcessorTimes.Read(server.Process.Id, [], server.Store.Postmaster);
        var before = Processor();
        long answered = 0;
        var issued = await Task.WhenAll(crises.Select(async desk =>
        {
            List<string> alerts = [];
            foreach (var (index, hundred) in well.Chunk(OneAlert).Index())
            {
                alerts.Add(await desk.IssueAsync(index < dead.Length ? [dead[index], .. hundred[1..]] : hundred, cancellation));
                Interlocked.CompareExchange(ref answered, Stopwatch.GetTimestamp(), 0);
            }

            return alerts;
        }));
        string[] alerts = [.. issued.SelectMany(a => a)];
        var expected = (well.Length - dead.Length) * crises.Length;
        var limit = Stopwatch.StartNew();
        while (alerts.Sum(a => receiver.Of(a).Count) < expected && limit.Elapsed < _patience)
            await Task.Delay(20, cancellation);
        var processor = Processor() - before;
        var seconds = alerts.SelectMany(a => receiver.Of(a).Values).Select(came => Stopwatch.GetElapsedTime(answered, came).TotalSeconds).Order().ToArray();
        var last = seconds.Length == 0 ? double.NaN : seconds[^1];
        return new Outcome(expected, seconds.Length, last, seconds.Length / last, last > 1 ? seconds.Count(s => s > 1) / (last - 1) : double.NaN, processor);
    }

    /// <summary>Milliseconds from the answer to each arrival, in ascending order; one that was there before the answer counts as 0.</summary>
    private static async Task<(double[] After, int Expected)> PaceAsync(AlertDesk[] desks, AlertReceiver receiver, string[] well, int seconds, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
        var answered = new ConcurrentDictionary<string, long>();
        await Traffic.PaceAsync(PacedAlerts, seconds, async (number, cancel) =>
        {
            var recipients = Enumerable.Range(number * PacedRecipients, PacedRecipients).Select(place => well[place % well.Length]).ToArray();
            var alert = await desks[number % desks.Length].IssueAsync(recipients, cancel);
            answered[alert] = Stopwatch.GetTimestamp();
        }, cancellation);
        var expected = PacedAlerts * PacedRecipients * seconds;
        var limit = Stopwatch.StartNew();
        while (answered.Keys.Sum(a => receiver.Of(a).Count) < expected && limit.Elapsed < _patience)
            await Task.Delay(20, cancellation);
        return ([.. answered.SelectMany(a => receiver.Of(a.Key).Values.Select(came => Math.Max(0, Stopwatch.GetElapsedTime(a.Value, came).TotalMilliseconds))).Order()], expected);
    }
}
