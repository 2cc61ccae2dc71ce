namespace CrisisOps.Server.Hosting;

/// <summary>
/// Gives memory back to the system when the work is done. The collector only runs when something allocates, so without this an
/// idle server keeps the heap of its busiest minute. Looked at through what is allocated: that costs the hot path nothing.
/// </summary>
public sealed class IdleMemory : BackgroundService
{
    // An idle server allocates some 150 KB in this time; a single page or command some 20 KB.
    private const long QuietBytes = 4 << 20;
    // Less than this cannot have grown the heap enough to be worth a pause.
    private const long WorthBytes = 32 << 20;
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(20);

    private long _last;
    private long _collected;

    /// <summary>True once after work, when a whole interval was quiet.</summary>
    /// <param name="allocated">Bytes allocated since the start of the process.</param>
    public bool IsTime(long allocated)
    {
        var quiet = allocated - _last < QuietBytes;
        _last = allocated;
        if (!quiet || allocated - _collected < WorthBytes)
        {
            return false;
        }

        _collected = allocated;
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (IsTime(GC.GetTotalAllocatedBytes()))
            {
                // Aggressive is the only mode that decommits what it frees. It stops everything, for some tens of milliseconds.
                GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }
        }
    }
}
