using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Intake;

/// <summary>Where a source says that it is there, when it has nothing to report. Every alert says so too.</summary>
public sealed class HeartbeatRoutes : IRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/heartbeat", Beat).AllowAnonymous(); // with the key of the source
        app.MapGet("/v1/heartbeat", Beat).AllowAnonymous(); // for what can only fetch an address
    }

    private static async Task<IResult> Beat(HttpContext http, SourceProof proof, SourceUses uses, TimeProvider clock, CancellationToken cancellation)
    {
        if (SourceProof.KeyIn(http.Request.Headers) is not { } key || await proof.ByKey(key, cancellation) is not { Standing: SourceStanding.Good or SourceStanding.Suspended } sender)
        {
            return Problem.Unauthenticated with { Detail = "Send the key of a source that has not ended: Authorization: Bearer <key>." };
        }

        if (sender.Standing == SourceStanding.Suspended)
        {
            return Problem.Forbidden("This source is suspended.");
        }

        uses.Used(sender.Source.Key, sender.KeyId, clock.GetUtcNow());
        return Results.NoContent();
    }
}
