using System.Runtime.InteropServices;
using CrisisOps.Benchmarks;

if (args is ["yardstick", var connectionString, var url])
{
    await Yardstick.RunAsync(connectionString, url);
    return 0;
}

if (BenchOptions.Parse(args, out var complaint) is not { } options)
{
    Console.Error.WriteLine(complaint);
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

// Ctrl-C reaches the processes of the terminal at once; ours waits for them and then deletes the data folder.
using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var clean = options.Command switch
    {
        "updates" => await UpdatesBench.RunAsync(options, stopping.Token),
        "live" => await LiveBench.RunAsync(options, stopping.Token),
        "reads" => await ReadsBench.RunAsync(options, stopping.Token),
        "deadlines" => await DeadlinesBench.RunAsync(options, stopping.Token),
        "gathered" => await GatheredBench.RunAsync(options, stopping.Token),
        "deliveries" => await DeliveriesBench.RunAsync(options, stopping.Token),
        "told" => await ToldBench.RunAsync(options, stopping.Token),
        "intake" => await IntakeBench.RunAsync(options, stopping.Token),
        "replay" => await ReplayBench.RunAsync(options, stopping.Token),
        "reactions" => await ReactionsBench.RunAsync(options, stopping.Token),
        _ => await MemoryBench.RunAsync(options, stopping.Token),
    };
    return clean ? 0 : 1;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
catch (BenchException trouble)
{
    Console.Error.WriteLine(trouble.Message);
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
