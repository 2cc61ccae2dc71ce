using System.Collections.Concurrent;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Intake;

/// <summary>
/// Each source has its own turn: what it sends is taken in its order, one chunk at a time, so that a source that floods takes its own time and
/// nobody else's. What arrives while a chunk is on its way goes into the next one together.
/// </summary>
public sealed class SourceTurns(AlertIntake intake, IntakeSettings settings, IHostApplicationLifetime lifetime)
{
    private readonly ConcurrentDictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <summary>Completes when all of these are stored durably. False, at once, when too many of this source are waiting.</summary>
    /// <exception cref="AlertsBusyException">Not all could be stored; those that were are known when they are sent again.</exception>
    public async Task<bool> Take(string source, IReadOnlyList<ReceivedAlert> alerts)
    {
        if (alerts.Count == 0)
        {
            return true;
        }

        var sent = new Sent(alerts);
        if (!_turns.GetOrAdd(source, static _ => new Turn()).TryEnter(sent, settings.WaitingLimit, out var first))
        {
            return false;
        }

        if (first)
        {
            _ = Run(_turns[source]);
        }

        await sent.Done.Task;
        return true;
    }

    /// <summary>Until nothing of this source waits. Only ever once at a time for a source.</summary>
    private async Task Run(Turn turn)
    {
        await Task.Yield(); // whoever is ready to send goes into the first chunk
        while (turn.Next(settings.Chunk) is { Count: > 0 } chunk)
        {
            try
            {
                await intake.Take([.. chunk.SelectMany(c => c.Sent.Alerts.Skip(c.From).Take(c.Count))], keptIn: null, lifetime.ApplicationStopping);
                turn.Stored(chunk);
            }
            catch (Exception exception)
            {
                var busy = exception is AlertsBusyException or OperationCanceledException || DatabaseErrors.IsOutage(exception);
                turn.Failed(chunk, busy ? new AlertsBusyException() : exception);
            }
        }
    }

    /// <summary>Alerts sent together, answered together.</summary>
    private sealed record Sent(IReadOnlyList<ReceivedAlert> Alerts)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private readonly record struct Part(Sent Sent, int From, int Count);

    private sealed class Turn
    {
        private readonly Lock _gate = new();
        private readonly LinkedList<(Sent Sent, int From)> _waiting = new();
        private int _count;
        private bool _running;

        /// <param name="first">Nobody runs this turn: whoever entered does.</param>
        public bool TryEnter(Sent sent, int limit, out bool first)
        {
            lock (_gate)
            {
                first = false;
                if (_count > 0 && _count + sent.Alerts.Count > limit)
                {
                    return false;
                }

                _count += sent.Alerts.Count;
                _waiting.AddLast((sent, 0));
                first = !_running;
                _running = true;
                return true;
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

        public void Stored(List<Part> parts)
        {
            lock (_gate)
            {
                _count -= parts.Sum(p => p.Count);
            }

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
                _count -= parts.Sum(p => p.Count);
                foreach (var rest in _waiting.Where(w => parts.Exists(p => p.Sent == w.Sent)).ToArray())
                {
                    _waiting.Remove(rest);
                    _count -= rest.Sent.Alerts.Count - rest.From;
                }
            }

            parts.ForEach(p => p.Sent.Done.TrySetException(why));
        }
    }
}
