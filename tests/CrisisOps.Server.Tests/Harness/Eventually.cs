using System.Diagnostics;
using Shouldly;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>Waits for what comes by itself, up to a deadline.</summary>
public static class Eventually
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until the answer is yes.</summary>
    /// <param name="what">For the message when it never is.</param>
    public static async Task Is(Func<Task<bool>> condition, string what, TimeSpan? patience = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            watch.Elapsed.ShouldBeLessThan(patience ?? _patience, $"waited in vain until {what}");
            await Task.Delay(_pause);
        }
    }
}
