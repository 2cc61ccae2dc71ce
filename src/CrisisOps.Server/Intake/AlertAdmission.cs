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
public sealed class AlertAdmission(SourceRates rates, SourceTurns turns, SourceUses uses, IntakeRuleBook rules)
{
    // Ten thousand lines take a processor for a twelfth of a second; who sends one alert goes between.
    private const int AtOnce = 250;

    /// <summary>Ours, as precise as it is stored.</summary>
    public static DateTimeOffset Now(TimeProvider clock) => clock.GetUtcNow() is var now ? now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)) : now;

    /// <param name="receivedAt">See <see cref="Now"/>.</param>
    public async Task<Admitted> Admit(KnownSource sender, IEnumerable<ReadAlert> sent, DateTimeOffset receivedAt)
    {
        var alerts = await Read(sent);
        var good = alerts.Count(a => a.Alert is not null);
        var (granted, wait) = rates.Take(sender.Source, good);
        if (granted == 0 && good > 0)
        {
            return new Admitted([], new AlertsLater(429, "This source sends faster than agreed.", wait));
        }

        uses.Used(sender.Source.Key, sender.KeyId, receivedAt);
        var book = await rules.Current(CancellationToken.None);
        var answers = new List<AlertAnswer>(alerts.Count);
        var taken = new List<ReceivedAlert>(granted);
        foreach (var line in alerts)
        {
            if (answers.Count % AtOnce == AtOnce - 1)
            {
                await Task.Yield();
            }

            if (line.Alert is null || taken.Count == granted)
            {
                answers.Add(new AlertAnswer(line.Line, line.Alert, null, line.Fault ?? new FormatFault("", "Faster than agreed: send it again later.", 429)));
                continue;
            }

            var alert = Clamped(line.Alert, receivedAt);
            taken.Add(new ReceivedAlert(sender.Source, sender.KeyId, alert, SHA256.HashData(line.Raw.Span), receivedAt, book.Read(alert, sender.Source)));
            answers.Add(new AlertAnswer(line.Line, alert, taken[^1].Id.ToString(), null));
        }

        try
        {
            return await turns.Take(sender.Source.Key, taken) ? new Admitted(answers) : new Admitted([], new AlertsLater(429, "Too many alerts of this source are waiting.", TimeSpan.FromSeconds(1)));
        }
        catch (AlertsBusyException)
        {
            return new Admitted([], new AlertsLater(503, "Not all could be stored; send all of it again, nothing counts twice.", TimeSpan.FromSeconds(1)));
        }
    }

    private static async Task<List<ReadAlert>> Read(IEnumerable<ReadAlert> sent)
    {
        List<ReadAlert> read = [];
        foreach (var line in sent)
        {
            read.Add(line);
            if (read.Count % AtOnce == 0)
            {
                await Task.Yield();
            }
        }

        return read;
    }

    /// <summary>The world does not run ahead of our clock; what a machine with a wrong one says is kept as now (domain §9.5).</summary>
    private static IncomingAlert Clamped(IncomingAlert alert, DateTimeOffset now) => alert.OccurredAt <= now + CommandGate.ClockTolerance || alert.OccurredAt is null
        ? alert
        : alert with { OccurredAt = null, Marks = [.. alert.Marks, "The time of the source lies ahead of ours; taken as now."] };
}
