using System.Collections.Concurrent;
using System.Diagnostics;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Intake;

/// <summary>
/// Each source has its own turn: what it sends is taken in its order, one chunk at a time, so that a source that floods takes its own time and
/// nobody else's. What arrives while a chunk is on its way goes into the next one together.
/// </summary>
public sealed class SourceTurns(AlertIntake intake, IntakeSettings settings, IHostApplicationLifetime lifetime)
{
    // Whoever sent within it is there.
    private static readonly TimeSpan _present = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <summary>
    /// Lets in somebody who sends so many: they wait until what they are given is disposed of. Null, at once, when too many of this source wait
    /// already; one request is let in whatever its size while none waits.
    /// </summary>
    public IDisposable? Enter(string source, int count) => TurnOf(source) is var turn && turn.TryEnter(count, settings.WaitingLimit) ? new Place(turn, count) : null;

    /// <summary>
    /// Waits until no other bulk of this source is being read, and keeps others waiting until it is disposed of: two that are read at once would not be
    /// stored any sooner, and lie in memory twice as long. Null, at once, for what is no more than one chunk.
    /// </summary>
    public async ValueTask<IDisposable?> Read(string source, int count)
    {
        if (count <= settings.Chunk)
        {
            return null;
        }

        var turn = TurnOf(source);
        await turn.Reader.WaitAsync();
        return new Reading(turn);
    }

    /// <summary>Completes when all of these are stored durably.</summary>
    /// <exception cref="AlertsBusyException">Not all could be stored; those that were are known when they are sent again.</exception>
    public async Task Take(string source, IReadOnlyList<ReceivedAlert> alerts)
    {
        if (alerts.Count == 0)
        {
            return;
        }

        var sent = new Sent(alerts);
        var turn = TurnOf(source);
        if (turn.Add(sent))
        {
            _ = Run(turn);
        }

        await sent.Done.Task;
    }

    private Turn TurnOf(string source) => _turns.GetOrAdd(source, static _ => new Turn());

    /// <summary>Until nothing of this source waits. Only ever once at a time for a source.</summary>
    private async Task Run(Turn turn)
    {
        await Task.Yield(); // whoever is ready to send goes into the first chunk
        while (turn.Next(settings.Chunk) is { Count: > 0 } chunk)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                await intake.Take([.. chunk.SelectMany(c => c.Sent.Alerts.Skip(c.From).Take(c.Count))], keptIn: null, lifetime.ApplicationStopping);
                Turn.Stored(chunk);
            }
            catch (Exception exception)
            {
                var busy = exception is AlertsBusyException or OperationCanceledException || DatabaseErrors.IsOutage(exception);
                turn.Failed(chunk, busy ? new AlertsBusyException() : exception);
            }

            if (chunk.Sum(c => c.Count) is var count && count == settings.Chunk && OthersThan(turn))
            {
                await Task.Delay(Pause(count, chunk[0].Sent.Alerts[0].Source.RatePerMinute, Stopwatch.GetElapsedTime(began)), CancellationToken.None);
            }
        }
    }

    /// <summary>
    /// How long a source that floods leaves the processors to the others that are there: until it goes at the pace that was agreed, but not
    /// longer than half of the time that its chunk took.
    /// </summary>
    public static TimeSpan Pause(int count, int perMinute, TimeSpan taken)
    {
        var early = TimeSpan.FromMinutes((double)count / perMinute) - taken;
        return early < TimeSpan.Zero ? TimeSpan.Zero : early < taken / 2 ? early : taken / 2;
    }

    private bool OthersThan(Turn turn) => _turns.Values.Any(other => other != turn && Stopwatch.GetElapsedTime(other.EnteredAt) < _present);

    /// <summary>Alerts sent together, answered together.</summary>
    private sealed record Sent(IReadOnlyList<ReceivedAlert> Alerts)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private readonly record struct Part(Sent Sent, int From, int Count);

    private sealed record Place(Turn Turn, int Count) : IDisposable
    {
        public void Dispose() => Turn.Leave(Count);
    }

    private sealed class Reading(Turn turn) : IDisposable
    {
        private Turn? _turn = turn;

        public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Reader.Release();
    }

    private sealed class Turn
    {
        private readonly Lock _gate = new();
        private readonly LinkedList<(Sent Sent, int From)> _waiting = new();
        private int _count;
        private bool _running;

        /// <summary>Held by the bulk that is being read.</summary>
        public SemaphoreSlim Reader { get; } = new(1);

        /// <summary>Timestamp of <see cref="Stopwatch"/>.</summary>
        public long EnteredAt { get; private set; }

        public bool TryEnter(int count, int limit)
        {
            EnteredAt = Stopwatch.GetTimestamp();
            lock (_gate)
            {
                if (_count > 0 && _count + count > limit)
                {
                    return false;
                }

                _count += count;
                return true;
            }
        }

        public void Leave(int count)
        {
            lock (_gate)
            {
                _count -= count;
            }
        }

        /// <returns>True when nobody runs this turn: whoever added does.</returns>
        public bool Add(Sent sent)
        {
            lock (_gate)
            {
                _waiting.AddLast((sent, 0));
                var first = !_running;
                _running = true;
                return first;
            }
        }

        public List<Part> Next(int chunk)
        {
            lock (_gate)
            {
                List<Part> parts = [];
                for (var room = chunk; room > 0 && _waiting.First is { } next;)
                {
                    var (sent, from) = next.Value;
                    var count = Math.Min(room, sent.Alerts.Count - from);
                    parts.Add(new Part(sent, from, count));
                    room -= count;
                    _waiting.RemoveFirst();
                    if (from + count < sent.Alerts.Count)
                    {
                        _waiting.AddFirst((sent, from + count));
                    }
                }

                _running = parts.Count > 0;
                return parts;
            }
        }

        public static void Stored(List<Part> parts)
        {
            foreach (var part in parts.Where(p => p.From + p.Count == p.Sent.Alerts.Count))
            {
                part.Sent.Done.TrySetResult();
            }
        }

        /// <summary>What was sent together is answered together: the rest of it is not tried.</summary>
        public void Failed(List<Part> parts, Exception why)
        {
            lock (_gate)
            {
                foreach (var rest in _waiting.Where(w => parts.Exists(p => p.Sent == w.Sent)).ToArray())
                {
                    _waiting.Remove(rest);
                }
            }

            parts.ForEach(p => p.Sent.Done.TrySetException(why));
        }
    }
}
