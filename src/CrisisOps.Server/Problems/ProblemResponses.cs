using CrisisOps.Server.Streams;
using Microsoft.AspNetCore.Diagnostics;

namespace CrisisOps.Server.Problems;

/// <summary>Every error answer that no endpoint wrote is a problem document too.</summary>
public static partial class ProblemResponses
{
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(handler => handler.Run(http => FromException(http).ExecuteAsync(http)));
        app.UseStatusCodePages(context => Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
    }

    private static Problem FromException(HttpContext http) => http.Features.Get<IExceptionHandlerFeature>()?.Error switch
    {
        BadHttpRequestException { StatusCode: 413 } => Problem.TooLarge,
        BadHttpRequestException bad => new Problem("/problems/bad-request", bad.StatusCode, "The request can not be read"),
        { } outage when DatabaseErrors.IsOutage(outage) => Problem.Busy("The database does not answer."),
        _ => new Problem("/problems/internal", 500, "Something went wrong here", $"It is in the log under {http.TraceIdentifier}."),
    };

    private static Problem Of(int status) => status switch
    {
        401 => Problem.Unauthenticated,
        403 => Problem.Forbidden("Your token does not allow this."),
        404 => Problem.NotFound,
        405 => new Problem("/problems/method-not-allowed", 405, "Not with this method"),
        413 => Problem.TooLarge,
        415 => Problem.MediaTypeNeeded,
        _ => new Problem("about:blank", status, "The request was not answered"),
    };
}
