using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;
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

    private static async Task<IResult> Follow(string token, HttpContext http, SignedLinks links, NpgsqlDataSource database, IMessageBus bus, CancellationToken cancellation)
    {
        if (links.Read(Purpose, token) is not { } id || await Asked(id, database, cancellation) is not var (partner, endpoint))
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

    /// <summary>The endpoint that a message asked to confirm, unless a newer one asks the same.</summary>
    private static async Task<(string Partner, string Endpoint)?> Asked(string id, NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select recipient, endpoint from crisis.deliveries d where id = $1 and kind = 'Verification'
               and not exists (select 1 from crisis.deliveries n where n.recipient = d.recipient and n.endpoint = d.endpoint and n.kind = 'Verification' and n.position > d.position)
            """,
            id);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetString(0), reader.GetString(1)) : null;
    }
}
