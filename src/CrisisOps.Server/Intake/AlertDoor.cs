using System.Globalization;
using System.Security.Cryptography;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Intake.Formats;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Intake;

/// <summary>
/// The way of every alert, whatever its format: who sends, how much, what; then it is taken to the end, and answered only when it is durable. What
/// its sender is told is its own receipt, and nothing of what became of it.
/// </summary>
public sealed class AlertDoor(SourceProof proof, SourceRates rates, SourceTurns turns, SourceUses uses, IntakeRuleBook rules, AlertBodies bodies, TimeProvider clock)
{
    public async Task<IResult> Take(IAlertFormat format, HttpContext http)
    {
        var type = http.Request.ContentType?.Split(';', 2)[0].Trim().ToLowerInvariant() ?? "";
        if (!format.ContentTypes.Contains(type))
        {
            return Refused(format, 415, $"The body must be: {string.Join(", ", format.ContentTypes)}.");
        }

        if (http.Request.Headers.ContentEncoding is [_, ..])
        {
            return Refused(format, 415, "The body is sent as it is: leave Content-Encoding out.");
        }

        // Whoever may not send is sent away before anything of the body is read, as far as the headers tell.
        var signed = SourceProof.IsSigned(http.Request);
        var sender = signed ? await proof.Signer(http.Request, http.RequestAborted)
            : SourceProof.KeyIn(http.Request.Headers) is { } key ? await proof.ByKey(key, http.RequestAborted) : null;
        var told = signed ? sender is null : sender is not null || !format.KeyInBody;
        if (told && Unfit(format, sender, http) is { } unfit)
        {
            return unfit;
        }

        using var body = await bodies.Read(http, format.MostBytes, http.RequestAborted);
        if (body.Refused is { } status)
        {
            return status == 413 ? Refused(format, 413, string.Create(CultureInfo.InvariantCulture, $"The body has at most {format.MostBytes / 1024} kB.")) : Later(format, 503, "Too many alerts are being read.", TimeSpan.FromSeconds(1));
        }

        var request = new AlertRequest(type, http.Request.Headers, body.Bytes, Now());
        sender = signed ? await proof.Proven(http.Request, sender!, body.Bytes, http.RequestAborted)
            : sender ?? (format.KeyIn(request) is { } inBody ? await proof.ByKey(inBody, http.RequestAborted) : null);
        return Unfit(format, sender, http) ?? await Take(format, request, sender!);
    }

    /// <summary>Why nothing of this sender is taken in this format; null when it is.</summary>
    private static IResult? Unfit(IAlertFormat format, KnownSource? sender, HttpContext http) => sender switch
    {
        null or { Standing: SourceStanding.KeyEnded or SourceStanding.Retired } => Refused(
            format, 401, SourceProof.IsSigned(http.Request) ? "The signature does not hold, or is older than five minutes, or names no source that signs: ?source=SRC-001." : "Send the key of a source that has not ended: Authorization: Bearer <key>."),
        { Standing: SourceStanding.Suspended } => Refused(format, 403, "This source is suspended."),
        _ when format.Format == AlertFormat.Coop && sender.Source.CoopPublicKey is not null && !http.Request.Headers.ContainsKey(CoopSignature.Header) => Refused(format, 401, "This source signs its callbacks: Coop-Signature is missing."),
        _ when !sender.Source.Formats.IsEmpty && !sender.Source.Formats.Contains(format.Format) => Refused(format, 403, "This source may not send in this format."),
        _ => null,
    };

    private async Task<IResult> Take(IAlertFormat format, AlertRequest request, KnownSource sender)
    {
        var read = format.Read(request);
        if (read.Refused is { } fault)
        {
            return format.Refusal(fault.Status, fault.What) ?? FormatAnswers.Refused(fault);
        }

        var good = read.Alerts.Count(a => a.Alert is not null);
        var (granted, wait) = rates.Take(sender.Source, good);
        if (granted == 0 && good > 0)
        {
            return Later(format, 429, "This source sends faster than agreed.", wait);
        }

        uses.Used(sender.Source.Key, sender.KeyId, request.ReceivedAt);
        var book = await rules.Current(CancellationToken.None);
        var answers = new List<AlertAnswer>(read.Alerts.Count);
        var taken = new List<ReceivedAlert>(granted);
        foreach (var line in read.Alerts)
        {
            if (line.Alert is null || taken.Count == granted)
            {
                answers.Add(new AlertAnswer(line.Line, line.Alert, null, line.Fault ?? new FormatFault("", "Faster than agreed: send it again later.", 429)));
                continue;
            }

            var alert = Clamped(line.Alert, request.ReceivedAt);
            taken.Add(new ReceivedAlert(sender.Source, sender.KeyId, alert, SHA256.HashData(line.Raw.Span), request.ReceivedAt, book.Read(alert, sender.Source)));
            answers.Add(new AlertAnswer(line.Line, alert, taken[^1].Id.ToString(), null));
        }

        try
        {
            return await turns.Take(sender.Source.Key, taken) ? format.Answer(request, answers) : Later(format, 429, "Too many alerts of this source are waiting.", TimeSpan.FromSeconds(1));
        }
        catch (AlertsBusyException)
        {
            return Later(format, 503, "Not all could be stored; send all of it again, nothing counts twice.", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>The world does not run ahead of our clock; what a machine with a wrong one says is kept as now (domain §9.5).</summary>
    private static IncomingAlert Clamped(IncomingAlert alert, DateTimeOffset now) => alert.OccurredAt <= now + CommandGate.ClockTolerance || alert.OccurredAt is null
        ? alert
        : alert with { OccurredAt = null, Marks = [.. alert.Marks, "The time of the source lies ahead of ours; taken as now."] };

    private DateTimeOffset Now() => clock.GetUtcNow() is var now ? now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)) : now;

    private static IResult Refused(IAlertFormat format, int status, string what) => format.Refusal(status, what) ?? status switch
    {
        401 => Problem.Unauthenticated with { Detail = what },
        403 => Problem.Forbidden(what),
        413 => Problem.TooLarge with { Detail = what },
        _ => Problem.MediaTypeNeeded with { Title = "Send another content type", Detail = what },
    };

    private static IResult Later(IAlertFormat format, int status, string what, TimeSpan after)
    {
        var problem = status == 429 ? Problem.RateLimited(what, after) : Problem.Busy(what);
        return format.Refusal(status, what) is { } own ? new WithRetryAfter(own, after) : problem;
    }

    /// <summary>The format's own words, with the header that every client understands.</summary>
    private sealed record WithRetryAfter(IResult Answer, TimeSpan After) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(After.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return Answer.ExecuteAsync(httpContext);
        }
    }
}
