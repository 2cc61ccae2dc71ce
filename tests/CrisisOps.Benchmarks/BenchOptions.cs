using System.Globalization;

namespace CrisisOps.Benchmarks;

/// <summary>Something that stops a benchmark and that a person can do something about.</summary>
internal sealed class BenchException(string message) : Exception(message);

/// <summary>What the command line says (ops/bench explains the options); where the server is, ops/bench says too.</summary>
internal sealed record BenchOptions(string Command)
{
    public const string Usage = "See ops/bench --help.";

    private static readonly string[] Commands = ["updates", "live", "reads", "memory", "deadlines", "gathered", "reactions", "deliveries", "told", "intake", "replay"];

    public int Seconds { get; init; } = 10;
    public int Rounds { get; init; } = 3;
    public string? Only { get; init; }
    public int Streams { get; init; } = 2000;
    public int Store { get; init; } = 100_000;
    public int Quiet { get; init; } = 60;
    public int Deadlines { get; init; } = 10_000;
    public int Partners { get; init; } = 1000;
    public int Subscribers { get; init; } = 1000;
    public int Flood { get; init; }
    public int Threads { get; init; } = 1;
    public string Folder { get; init; } = "/var/tmp";
    public string Server { get; init; } = Environment.GetEnvironmentVariable("BENCH_SERVER") ?? "";

    /// <summary>The command-line tool; ops/bench says where it is.</summary>
    public string Cli { get; init; } = Environment.GetEnvironmentVariable("BENCH_CLI") ?? "";

    public bool DrivesServer => Only is not "yardstick";
    public bool DrivesYardstick => Only is not "server";

    /// <summary>How the load was given, for the line above a table.</summary>
    public string Drives => $"{Rounds} round(s) of {Seconds} s, wrk with {Threads} thread(s) on the same machine";

    public static BenchOptions? Parse(string[] words, out string complaint)
    {
        complaint = "";
        if (words.Length == 0 || !Commands.Contains(words[0]))
        {
            complaint = words.Length == 0 ? "Which benchmark?" : $"There is no benchmark '{words[0]}'.";
            return null;
        }

        var options = new BenchOptions(words[0]);
        for (var i = 1; i < words.Length; i += 2)
        {
            var next = i + 1 < words.Length ? options.With(words[i], words[i + 1]) : null;
            if (next is null)
            {
                complaint = $"{words[i]} is not an option, or its value is missing or wrong.";
                return null;
            }

            options = next;
        }

        return options;
    }

    private BenchOptions? With(string option, string value)
    {
        switch (option, value)
        {
            case ("--only", "server" or "yardstick") when Command == "updates": return this with { Only = value };
            case ("--only", "bulk" or "singles" or "beside") when Command == "intake": return this with { Only = value };
            case ("--folder", _): return this with { Folder = value };
            case ("--server", _): return this with { Server = value };
        }

        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return null;
        return option switch
        {
            "--seconds" => this with { Seconds = number },
            "--rounds" => this with { Rounds = number },
            "--streams" => this with { Streams = number },
            "--store" => this with { Store = number },
            "--quiet" => this with { Quiet = number },
            "--flood" => this with { Flood = number },
            "--deadlines" => this with { Deadlines = number },
            "--partners" when number % 100 == 0 => this with { Partners = number },
            "--subscribers" => this with { Subscribers = number },
            "--threads" => this with { Threads = number },
            _ => null,
        };
    }
}
