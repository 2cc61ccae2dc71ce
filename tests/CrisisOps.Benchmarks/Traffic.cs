using System.Diagnostics;

namespace CrisisOps.Benchmarks;

/// <summary>When a post left and when its answer came.</summary>
internal readonly record struct Post(long Sent, long Answered);

/// <summary>People who post at a steady pace, some on streams that are watched, some elsewhere.</summary>
internal sealed record Traffic(CrisisOpsApi Api, string[] Watched, string[] Elsewhere, string[] Tokens)
{
    /// <summary>Tells the notes of this run from those of another on the same streams.</summary>
    public string Run { get; } = Guid.NewGuid().ToString("N")[..8];

    public async Task<Post> PostWatchedAsync(int number, CancellationToken cancellation)
    {
        var sent = Stopwatch.GetTimestamp();
        await Api.PostNoteAsync(Watched[number % Watched.Length], $"{LiveWatcher.Mark(Run, number)} police have the location, the stream is down", Tokens[number % Tokens.Length], cancellation);
        return new Post(sent, Stopwatch.GetTimestamp());
    }

    public Task PostElsewhereAsync(int number, CancellationToken cancellation) =>
        Api.PostNoteAsync(Elsewhere[number % Elsewhere.Length], "Nothing new here", Tokens[number % Tokens.Length], cancellation);

    /// <summary>Starts one action after the other at its time, whether or not the earlier ones are done: people do not wait for each other.</summary>
    public static async Task PaceAsync(int perSecond, int seconds, Func<int, CancellationToken, Task> action, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var started = new List<Task>();
        for (var number = 0; number < perSecond * seconds; number++)
        {
            var wait = TimeSpan.FromSeconds((double)number / perSecond) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellation);
            started.Add(action(number, cancellation));
        }

        await Task.WhenAll(started);
    }
}
