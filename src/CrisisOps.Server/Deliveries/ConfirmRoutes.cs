using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>Confirming an endpoint of a partner or an address of a contact, with the link in the message that went there.</summary>
public sealed class ConfirmRoutes : IRoutes
{
    /// <summary>Of the links in messages.</summary>
    public const string Purpose = "confirm";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet($"/v1/links/{Purpose}/{{token}}", (string token, HttpContext http, SignedLinks links) =>
            links.Read(Purpose, token) is null ? Problem.NotFound : LinkPages.Ask(http, "Confirm this address", "Yes, send messages here", asks: false)).AllowAnonymous().ExcludeFromDescription(); // a page for people
        app.MapPost($"/v1/links/{Purpose}/{{token}}", Follow).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task<IResult> Follow(string token, HttpContext http, SignedLinks links, NpgsqlDataSource database, DeliveryTargets targets, CancellationToken cancellation)
    {
        if (links.Read(Purpose, token) is not { } message || await Asked(message, database, cancellation) is not var (recipient, endpoint))
        {
            return Problem.NotFound;
        }

        return await targets.Confirm(recipient, endpoint, cancellation) switch
        {
            Reply.Done => LinkPages.Done(http, "Confirmed. Thank you."),
            Reply.Refused { Refusal.Guard: "endpoint-unverified" or "address-unverified" } => LinkPages.Done(http, "This was confirmed before. Thank you."),
            Reply.Busy => Problem.Busy("It could not be recorded now."),
            _ => Problem.NotFound,
        };
    }

    /// <summary>Whose endpoint or address it is that a message asks to confirm, if nothing newer was asked since.</summary>
    private static async Task<(string Recipient, string Endpoint)?> Asked(string message, NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select d.recipient, d.endpoint from crisis.deliveries d where d.id = $1 and d.kind = 'Verification'
               and not exists (select 1 from crisis.deliveries n where n.recipient = d.recipient and n.target = d.target and n.kind = 'Verification' and n.position > d.position)
            """,
            message);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetString(0), reader.GetString(1)) : null;
    }
}
