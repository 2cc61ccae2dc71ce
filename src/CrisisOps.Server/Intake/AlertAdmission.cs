using System.Security.Cryptography;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Intake.Formats;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Intake;

/// <summary>What became of alerts that a known source sent together.</summary>
/// <param name="Answers">One for each, in their order; empty when none was taken.</param>
/// <param name="Later">Why they are to be sent again; null when all that could be read is stored durably.</param>
public sealed record Admitted(IReadOnlyList<AlertAnswer> Answers, AlertsLater? Later = null);

/// <param name="Status">As HTTP says it: 429 too fast, 503 busy.</param>
/// <param name="After">When it is worth trying again.</param>
public sealed record AlertsLater(int Status, string What, TimeSpan After);

/// <summary>
/// The way of every alert once it is known who sends and what: how much, what the rules make of it, and then to the end. Whether it came in a request
/// or was fetched from a mailbox is not known here.
/// </summary>
/// <remarks>
/// A bulk is read, decided and stored in pieces, one of them read while the last one is stored: ten thousand alerts that are all in memory until the
/// last one is stored outlive the collector's young generation, and copying them stopped everybody for some 40 ms, more than once a second of a flood.
/// </remarks>
public sealed class AlertAdmission(SourceRates rates, SourceTurns turns, SourceUses uses, IntakeRuleBook rules, IntakeSettings settings)
{
    // Ten thousand lines take a processor for a twelfth of a second; who sends one alert goes between.
    private const int AtOnce = 250;

    /// <summary>Ours, as precise as it is stored.</summary>
    public static DateTimeOffset Now(TimeProvider clock) => clock.GetUtcNow() is var now ? now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)) : now;

    /// <param name="receivedAt">See <see cref="Now"/>.</param>
    public async Task<Admitted> Admit(KnownSource sender, IReadOnlyCollection<ReadAlert> sent, DateTimeOffset receivedAt)
    {
        var book = await rules.Current(CancellationToken.None);
        using var waiting = turns.Enter(sender.Source.Key, sent.Count);
        if (waiting is null)
        {
            return new Admitted([], new AlertsLater(429, "Too many alerts of this source are waiting.", TimeSpan.FromSeconds(1)));
        }

        using var reading = await turns.Read(sender.Source.Key, sent.Count);
        var answers = new List<AlertAnswer>(sent.Count);
        var (kept, tooFast) = (0, false);
        var storing = Task.CompletedTask;
        try
        {
            await foreach (var piece in Pieces(sent))
            {
                var good = piece.Count(a => a.Alert is not null);
                // Once one is refused all that follow are: what is sent again later must not be older than what was taken.
                var (granted, wait) = tooFast ? (0, TimeSpan.Zero) : rates.Take(sender.Source, good);
                tooFast |= granted < good;
                kept += granted;
                if (tooFast && kept == 0)
                {
                    return new Admitted([], new AlertsLater(429, "This source sends faster than agreed.", wait));
                }

                if (answers.Count == 0)
                {
                    uses.Used(sender.Source.Key, sender.KeyId, receivedAt);
                }

                var taken = Taken(piece, granted, sender, book, receivedAt, answers);
                await storing;
                storing = turns.Take(sender.Source.Key, taken);
            }

            reading?.Dispose();
            if (answers.Count == 0)
            {
                uses.Used(sender.Source.Key, sender.KeyId, receivedAt); // it was heard of, if only with nothing
            }

            await storing;
            return new Admitted(answers);
        }
        catch (AlertsBusyException)
        {
            return new Admitted([], new AlertsLater(503, "Not all could be stored; send all of it again, nothing counts twice.", TimeSpan.FromSeconds(1)));
        }
    }

    /// <summary>Those of a piece that are taken; what is to be answered goes to the answers.</summary>
    private static List<ReceivedAlert> Taken(List<ReadAlert> piece, int granted, KnownSource sender, IntakeRules book, DateTimeOffset receivedAt, List<AlertAnswer> answers)
    {
        var alone = answers.Count == 0 && piece.Count == 1;
        var taken = new List<ReceivedAlert>(granted);
        foreach (var line in piece)
        {
            if (line.Alert is null || taken.Count == granted)
            {
                answers.Add(new AlertAnswer(line.Line, null, null, line.Fault ?? new FormatFault("", "Faster than agreed: send it again later.", 429)));
                continue;
            }

            var alert = Marked(Clamped(line.Alert, receivedAt), sender.Source);
            taken.Add(new ReceivedAlert(sender.Source, sender.KeyId, alert, SHA256.HashData(line.Raw.Span), receivedAt, book.Read(alert, sender.Source)));
            answers.Add(new AlertAnswer(line.Line, alone ? alert : null, taken[^1].Id, null));
        }

        return taken;
    }

    private async IAsyncEnumerable<List<ReadAlert>> Pieces(IEnumerable<ReadAlert> sent)
    {
        List<ReadAlert> piece = [];
        foreach (var line in sent)
        {
            piece.Add(line);
            if (piece.Count % AtOnce == 0)
            {
                await Task.Yield();
            }

            if (piece.Count == settings.Chunk)
            {
                yield return piece;
                piece = [];
            }
        }

        if (piece.Count > 0)
        {
            yield return piece;
        }
    }

    private static IncomingAlert Marked(IncomingAlert alert, AlertSource source) =>
        Raising.Cut(alert, source).ToArray() is { Length: > 0 } cut ? alert with { Marks = [.. alert.Marks, .. cut] } : alert;

    /// <summary>The world does not run ahead of our clock; what a machine with a wrong one says is kept as now (domain §9.5).</summary>
    private static IncomingAlert Clamped(IncomingAlert alert, DateTimeOffset now) => alert.OccurredAt <= now + CommandGate.ClockTolerance || alert.OccurredAt is null
        ? alert
        : alert with { OccurredAt = null, Marks = [.. alert.Marks, "The time of the source lies ahead of ours; taken as now."] };
}
