using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>A live reader that reads on while the test goes on.</summary>
public sealed class LiveWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _reading;

    public LiveWatch(TestNode node, Api caller, LiveReader reader) => (Reader, _reading) = (reader, reader.Read(node, caller.Token!, _ => false, _ending.Token));

    public LiveReader Reader { get; }

    public Task Until(Func<LiveReader, bool> seen) => Eventually.Is(() => Task.FromResult(seen(Reader)), "it was seen live");

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _reading.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        _ending.Dispose();
    }
}
