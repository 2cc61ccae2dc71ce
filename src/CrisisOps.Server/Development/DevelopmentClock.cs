using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Development;

/// <param name="Now">Where the clock shall stand; it never goes back.</param>
public sealed record ClockRequest(DateTimeOffset Now);

/// <summary>The clock of the store, for scenarios and trying things out. These endpoints exist in Development only.</summary>
public sealed class DevelopmentClock : IDevelopmentRoutes
{
    private static readonly DateTimeOffset _latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/dev/clock", (StoreClock clock) => Answer(clock)).AllowAnonymous();
        app.MapPost("/dev/clock", Post).AllowAnonymous();
    }

    private static async Task<IResult> Post(HttpContext http, StoreClock clock, ClockJump jump, CancellationToken cancellation)
    {
        var (problem, request) = await JsonBodies.Read<ClockRequest>(http);
        if (problem is not null)
        {
            return problem;
        }

        if (request!.Now < clock.GetUtcNow())
        {
            return Problem.Validation("now", $"The clock stands at {clock.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} and never goes back.");
        }

        if (request.Now > _latest)
        {
            return Problem.Validation("now", "The clock can not be moved beyond the year 2200.");
        }

        return await jump.To(request.Now, cancellation)
            ? Answer(clock)
            : Problem.Busy("Some deadline that became due on the way did not fire; GET /v1/deadlines shows it.");
    }

    private static IResult Answer(StoreClock clock) => Results.Json(new { now = clock.GetUtcNow().UtcDateTime, offset = clock.Offset.ToString() });
}
