using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Wolverine;

namespace CrisisOps.Server.Deliveries;

/// <summary>Confirming an endpoint, with the link in the message that went there.</summary>
public sealed class ConfirmRoutes : IRoutes
{
    /// <summary>Of the links in messages.</summary>
    public const string Purpose = "confirm";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet($"/v1/links/{Purpose}/{{token}}", (string token, HttpContext http, SignedLinks links) =>
            links.Read(Purpose, token) is null ? Problem.NotFound : LinkPages.Ask(http, "Confirm this address", "Yes, send alerts here", asks: false)).AllowAnonymous();
        app.MapPost($"/v1/links/{Purpose}/{{token}}", Follow).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task<IResult> Follow(string token, HttpContext http, SignedLinks links, IMessageBus bus, CancellationToken cancellation)
    {
        if (links.Read(Purpose, token)?.Split('/') is not [var partner, var endpoint])
        {
            return Problem.NotFound;
        }

        return await bus.InvokeAsync<Reply>(new Order<VerifyEndpoint>(partner, new VerifyEndpoint(endpoint, "confirmed with the link that was sent there"), Caller.System, OrderTerms.None), cancellation) switch
        {
            Reply.Done => LinkPages.Done(http, "Confirmed. Thank you."),
            Reply.Refused { Refusal.Guard: "endpoint-unverified" } => LinkPages.Done(http, "This was confirmed before. Thank you."),
            Reply.Busy => Problem.Busy("It could not be recorded now."),
            _ => Problem.NotFound,
        };
    }
}
