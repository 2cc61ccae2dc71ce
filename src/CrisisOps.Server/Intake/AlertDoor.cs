using System.Globalization;
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

        // Whoever has no key is sent away before anything of the body is read.
        var signed = SourceProof.IsSigned(http.Request);
        var sender = !signed && SourceProof.KeyIn(http.Request.Headers) is { } key ? await proof.ByKey(key, http.RequestAborted) : null;
        if (sender is null && !signed && !format.KeyInBody)
        {
            return Refused(format, 401, "Send the key of a source that has not ended: Authorization: Bearer <key>.");
        }

        using var body = await bodies.Read(http, format.MostBytes, http.RequestAborted);
        if (body.Refused is { } status)
        {
            return status == 413 ? Refused(format, 413, string.Create(CultureInfo.InvariantCulture, $"The body has at most {format.MostBytes / 1024} kB.")) : Later(format, 503, "Too many alerts are being read.", TimeSpan.FromSeconds(1));
        }

        var request = new AlertRequest(type, http.Request.Headers, body.Bytes, AlertAdmission.Now(clock));
        sender ??= signed ? await proof.BySignature(http.Request, body.Bytes, http.RequestAborted)
            : format.KeyIn(request) is { } inBody ? await proof.ByKey(inBody, http.RequestAborted) : null;
        return sender is null or { Standing: SourceStanding.KeyEnded or SourceStanding.Retired } ? Refused(format, 401, signed ? "The signature does not hold, or is older than five minutes, or names no source: ?source=SRC-001." : "The key is none, or has ended.")
            : sender.Standing == SourceStanding.Suspended ? Refused(format, 403, "This source is suspended.")
            : !sender.Source.Sends(format.Format) ? Refused(format, 403, "This source may not send in this format.")
            : await Take(format, request, sender);
    }

    private async Task<IResult> Take(IAlertFormat format, AlertRequest request, KnownSource sender)
    {
        var read = format.Read(request);
        if (read.Refused is { } fault)
        {
            return Faulty(format, fault);
        }

        var admitted = await admission.Admit(sender, read.Alerts, request.ReceivedAt);
        return admitted.Later is { } later ? Later(format, later.Status, later.What, later.After) : format.Answer(request, admitted.Answers);
    }

    private static IResult Faulty(IAlertFormat format, FormatFault fault) =>
        format.Refusal(fault.Status, fault.What) ?? (fault.Status == 400 ? Problem.Malformed(fault.Member, fault.What) : Problem.Validation(fault.Member, fault.What));

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
