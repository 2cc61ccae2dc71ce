using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>
/// Wakes readers when something was committed: those of this node at once, those of other nodes through NOTIFY. A wake-up is
/// never the data; whoever is woken reads with its own query, and polls every second in any case.
/// </summary>
public sealed partial class WakeUps(NpgsqlDataSource database, ILogger<WakeUps> log) : BackgroundService
{
    private const string ChannelName = "crisisops";
    private const string Everything = "*";
    private const int PayloadLimit = 7000;

    // NOTIFY inside the commit would make commits wait for each other (6.6k to 2.7k per second, measured); merged and after the
    // commit it costs one small transaction every few milliseconds.
    private static readonly TimeSpan _merge = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _reconnect = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Signal> _signals = new(StringComparer.Ordinal);
    private readonly Channel<string> _outgoing = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Called once after a commit, with the streams it wrote.</summary>
    public void Committed(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            Raise(key);
            _outgoing.Writer.TryWrite(key);
        }

        Raise(Everything);
    }

    /// <summary>Completes at the next commit on the stream (or on any, for null). Ask for it before reading, wait after.</summary>
    public Task Next(string? key) => _signals.GetOrAdd(key ?? Everything, static _ => new Signal()).Next;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Forever(Listen, stoppingToken), Forever(Notify, stoppingToken));

    private async Task Forever(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await work(cancellation);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
            {
                LogLost(log, exception.Message);
                await Task.Delay(_reconnect, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task Listen(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        connection.Notification += (_, notification) => Receive(notification);
        await using (var command = new NpgsqlCommand($"listen {ChannelName}", connection))
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }

        RaiseAll(); // whatever was committed while nobody listened
        while (true)
        {
            await connection.WaitAsync(cancellation);
        }
    }

    private async Task Notify(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (await _outgoing.Reader.WaitToReadAsync(cancellation))
        {
            await Task.Delay(_merge, cancellation);
            keys.Clear();
            while (_outgoing.Reader.TryRead(out var key))
            {
                keys.Add(key);
            }

            var payload = string.Join(' ', keys);
            // A lost wake-up costs a second, so it need not wait for the disk; for this transaction only: the connection is pooled.
            await using var command = new NpgsqlCommand("select set_config('synchronous_commit', 'off', true), pg_notify($1, $2)", connection);
            command.Parameters.Add(new() { Value = ChannelName });
            command.Parameters.Add(new() { Value = payload.Length > PayloadLimit ? Everything : payload });
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private void Receive(NpgsqlNotificationEventArgs notification)
    {
        if (notification.Payload == Everything)
        {
            RaiseAll();
            return;
        }

        foreach (var key in notification.Payload.Split(' '))
        {
            Raise(key);
        }

        Raise(Everything);
    }

    private void RaiseAll()
    {
        foreach (var key in _signals.Keys)
        {
            Raise(key);
        }
    }

    private void Raise(string key)
    {
        // Nobody waits for most streams; a signal exists only once somebody asked for it.
        if (_signals.TryRemove(key, out var signal))
        {
            signal.Raise();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Wake-ups are interrupted ({Why}); readers poll until they are back")]
    private static partial void LogLost(ILogger logger, string why);

    private sealed class Signal
    {
        private readonly TaskCompletionSource _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Next => _raised.Task;

        public void Raise() => _raised.TrySetResult();
    }
}
