using System.Globalization;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Intake.Formats;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Intake;

/// <summary>
/// The way of every alert that comes in a request, whatever its format: who sends, how much, what; then it is taken to the end, and answered only when it is durable. What
/// its sender is told is its own receipt, and nothing of what became of it.
/// </summary>
public sealed class AlertDoor(SourceProof proof, AlertAdmission admission, AlertBodies bodies, TimeProvider clock)
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

        using var body = await bodies.Read(http, signed ? null : sender?.Source.Key, format.MostBytes, http.RequestAborted);
        if (body.Refused is { } status)
        {
            return status == 413 ? Refused(format, 413, string.Create(CultureInfo.InvariantCulture, $"The body has at most {format.MostBytes / 1024} kB."))
                : status < 500 ? Refused(format, 400, "The body ended before it was whole.")
                : Later(format, 503, "Too many alerts are being read.", TimeSpan.FromSeconds(1));
        }

        var request = new AlertRequest(type, http.Request.Headers, body.Bytes, AlertAdmission.Now(clock));
        sender = signed ? await proof.Proven(http.Request, sender!, body.Bytes, http.RequestAborted)
            : sender ?? (format.KeyIn(request) is { } inBody ? await proof.ByKey(inBody, http.RequestAborted) : null);
        return Unfit(format, sender, http) ?? await Take(format, request, sender!);
    }

    /// <summary>Why nothing of this sender is taken in this format; null when it is.</summary>
    private static IResult? Unfit(IAlertFormat format, KnownSource? sender, HttpContext http) => sender switch
    {
        null or { Standing: SourceStanding.KeyEnded or SourceStanding.Retired } => Refused(
            format, 401, SourceProof.IsSigned(http.Request) ? "The signature does not hold, or is older than five minutes, or no source that signs is named: by its key, or by ?source=SRC-001." : "Send the key of a source that has not ended: Authorization: Bearer <key>."),
        { Standing: SourceStanding.Suspended } => Refused(format, 403, "This source is suspended."),
        _ when format.Format == AlertFormat.Coop && sender.Source.CoopPublicKey is not null && !http.Request.Headers.ContainsKey(CoopSignature.Header) => Refused(format, 401, "This source signs its callbacks: Coop-Signature is missing."),
        _ when !sender.Source.Sends(format.Format) => Refused(format, 403, "This source may not send in this format."),
        _ => null,
    };

    private async Task<IResult> Take(IAlertFormat format, AlertRequest request, KnownSource sender)
    {
        var read = format.Read(request);
        if (read.Refused is { } fault)
        {
            return format.Refusal(fault.Status, fault.What) ?? FormatAnswers.Refused(fault);
        }

        var admitted = await admission.Admit(sender, read.Alerts, request.ReceivedAt);
        return admitted.Later is { } later ? Later(format, later.Status, later.What, later.After) : format.Answer(request, admitted.Answers);
    }

    private static IResult Refused(IAlertFormat format, int status, string what) => format.Refusal(status, what) ?? status switch
    {
        401 => Problem.Unauthenticated with { Detail = what },
        403 => Problem.Forbidden(what),
        400 => Problem.Malformed("$", what),
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
