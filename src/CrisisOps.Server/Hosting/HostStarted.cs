namespace CrisisOps.Server.Hosting;

/// <summary>For background work that needs the whole host.</summary>
public static class HostStarted
{
    /// <summary>Completes when the host is up, or is cancelled with the token.</summary>
    public static async Task Started(this IHostApplicationLifetime lifetime, CancellationToken cancellation)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancellation);
    }
}
