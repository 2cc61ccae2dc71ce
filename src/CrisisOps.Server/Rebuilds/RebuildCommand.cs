using System.Diagnostics;
using System.Globalization;

namespace CrisisOps.Server.Rebuilds;

/// <summary><c>rebuild [--switch]</c>: the command an operator gives, beside a server that runs or alone.</summary>
public static class RebuildCommand
{
    public const string Name = "rebuild";

    private const string Switch = "--switch";

    /// <summary>0: everything is equal, or what differed is put right. 1: something differs, or another one is under way. 2: there is no such option.</summary>
    public static async Task<int> Run(IServiceProvider services, string[] options, CancellationToken cancellation)
    {
        if (options.Except([Switch]).FirstOrDefault() is { } unknown)
        {
            await Console.Error.WriteLineAsync($"rebuild: unknown option {unknown}. There is {Switch}: put right what differs.");
            return 2;
        }

        var watch = Stopwatch.StartNew();
        if (await services.GetRequiredService<Rebuild>().Run(options.Contains(Switch), new Ticker(), cancellation) is not { } outcome)
        {
            await Console.Error.WriteLineAsync("rebuild: another one is under way on this store.");
            return 1;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome.Streams:N0} streams built anew in {watch.Elapsed.TotalSeconds:N1} s."));
        foreach (var line in Lines(outcome))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine(
            outcome.Equal ? "Every read model is what the events say." : outcome.Switched ? "What differed is put right." : $"Nothing was changed. Give {Switch} to put it right.");
        return outcome.Equal || outcome.Switched ? 0 : 1;
    }

    private static IEnumerable<string> Lines(Rebuild.Outcome outcome)
    {
        foreach (var difference in outcome.Differences)
        {
            yield return difference.None
                ? $"  {difference.Model.Table,-14} equal"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {difference.Model.Table,-14} {difference.Missing:N0} missing, {difference.Extra:N0} extra, {difference.Different:N0} different: {Some(difference.Streams)}");
        }

        yield return outcome.Snapshots.Count == 0 ? $"  {"snapshots",-14} equal" : $"  {"snapshots",-14} {outcome.Snapshots.Count} different: {Some(outcome.Snapshots)}";
    }

    private static string Some(IReadOnlyCollection<string> streams) =>
        string.Join(", ", streams.Order(StringComparer.Ordinal).Take(10)) + (streams.Count > 10 ? $" and {streams.Count - 10} more" : "");

    /// <summary>Says every second how far it is.</summary>
    private sealed class Ticker : IProgress<(long Built, long Of)>
    {
        private readonly Stopwatch _since = Stopwatch.StartNew();

        public void Report((long Built, long Of) value)
        {
            if (_since.Elapsed > TimeSpan.FromSeconds(1) || value.Built == value.Of)
            {
                _since.Restart();
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Built:N0} of {value.Of:N0} streams"));
            }
        }
    }
}
