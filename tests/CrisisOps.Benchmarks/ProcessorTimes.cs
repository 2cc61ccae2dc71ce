using System.Globalization;

namespace CrisisOps.Benchmarks;

/// <summary>
/// Processor seconds spent so far: by one program, by PostgreSQL, by all that belongs to the benchmark, and by the
/// whole machine. What the machine did and we did not is somebody else's work, and a drive beside much of it says little.
/// </summary>
internal sealed record ProcessorTimes(double Program, double Postgres, double Ours, double Machine, double Elapsed)
{
    private const double TicksPerSecond = 100; // what Linux tells programs, whatever it counts in itself

    /// <summary>The share of the machine that others took (or the hypervisor gave to somebody else), between 0 and 1.</summary>
    public double Others => Math.Clamp((Machine - Ours) / Elapsed, 0, 1);

    public static ProcessorTimes operator -(ProcessorTimes now, ProcessorTimes then) => new(
        now.Program - then.Program, now.Postgres - then.Postgres, now.Ours - then.Ours, now.Machine - then.Machine, now.Elapsed - then.Elapsed);

    /// <param name="program">The process under load.</param>
    /// <param name="bystanders">Our other processes.</param>
    /// <param name="postmaster">PostgreSQL's first process; all its others are children of it.</param>
    public static ProcessorTimes Read(int program, IEnumerable<int> bystanders, int postmaster)
    {
        var processes = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => Process(name!)).OfType<Spent>().ToList();
        double Sum(Func<Spent, bool> which) => processes.Where(which).Sum(process => process.Seconds);

        var postgres = Sum(process => process.Id == postmaster || process.Parent == postmaster);
        var itself = Sum(process => process.Id == program);
        // wrk and pgbench are children of this process and have ended: their time is in ours.
        var others = Sum(process => process.Id == Environment.ProcessId || bystanders.Contains(process.Id));

        // user nice system idle iowait irq softirq steal
        var machine = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(Seconds).ToArray();
        return new ProcessorTimes(itself, postgres, itself + postgres + others, machine.Sum() - machine[3] - machine[4], machine.Sum());
    }

    private sealed record Spent(int Id, int Parent, double Seconds);

    private static Spent? Process(string id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/stat");
            // The name in brackets can hold anything; what follows it are numbers. Times: own and of ended children.
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return new Spent(int.Parse(id, CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(Seconds));
        }
        catch (IOException)
        {
            return null; // it ended while we looked
        }
    }

    private static double Seconds(string ticks) => double.Parse(ticks, CultureInfo.InvariantCulture) / TicksPerSecond;
}
