using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Telling;

namespace CrisisOps.Server.Contacts;

/// <summary>The addresses of a contact as they stand in the vault, and a message to try one.</summary>
public sealed class AddressRoutes : IRoutes
{
    private static readonly Role[] _readers = [Role.PartnerManager, Role.DutyLead];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/contacts/{key}/addresses", Get);
        app.MapPost("/v1/contacts/{key}/addresses/{address}/test", Test);
    }

    private static async Task<IResult> Get(string key, HttpContext http, StreamKinds kinds, StreamStates states, AddressVault vault, CancellationToken cancellation)
    {
        var caller = Callers.Of(http);
        if (await Find(key, caller, kinds, states, cancellation) is not { } contact)
        {
            return Problem.NotFound;
        }

        if (!OwnContactGuard.Owns(contact.Kind, contact.Ref, caller) && !caller.IsAny(_readers))
        {
            return Problem.Forbidden("Addresses are read by whose they are, and by: partner-manager, duty-lead.");
        }

        http.Response.Headers.CacheControl = "no-store";
        ContactAddress[] held = [.. contact.Addresses.Where(a => !a.Removed)];
        var addresses = await vault.Read([.. held.Select(a => a.VaultRef)], cancellation);
        return Results.Json(
            new { items = held.Select(a => new { a.AddressId, a.Channel, Address = addresses.GetValueOrDefault(a.VaultRef), a.Verified, a.Disabled }) },
            Json.Stored);
    }

    private static async Task<IResult> Test(
        string key, string address, HttpContext http, StreamKinds kinds, StreamStates states, ContactReaders readers, EndpointMessages messages, DeliveryRows rows, CancellationToken cancellation)
    {
        var caller = Callers.Of(http);
        if (await Find(key, caller, kinds, states, cancellation) is not { } contact)
        {
            return Problem.NotFound;
        }

        if (!OwnContactGuard.Keeps(contact.Kind, contact.Ref, caller))
        {
            return Problem.Forbidden("An address is tried by whose it is, and by those who keep this contact.");
        }

        if (contact.AddressOf(address) is not { } found)
        {
            return Problem.NotFound;
        }

        var reader = (await readers.Of([contact], cancellation)).GetValueOrDefault(key);
        var message = await messages.Of(DeliveryKind.Test, Reach.Of(contact, address, found.Channel), null, Guid.NewGuid(), cancellation);
        if ((ContactRecipients.Refused(DeliveryKind.Test, Tlp.CLEAR, contact, address, reader) ?? message.Suppressed) is { } why)
        {
            return Problem.Validation("address", $"Nothing is sent there: {why}.");
        }

        await rows.Add([message], cancellation);
        return Results.Json(new { delivery = message.Id }, Json.Stored, statusCode: 202);
    }

    private static async Task<Contact?> Find(string key, Caller caller, StreamKinds kinds, StreamStates states, CancellationToken cancellation) =>
        kinds.Find(key) is ContactStream kind && await states.Seen(kind, key, caller, cancellation) is ({ State: Contact contact }, _) ? contact : null;
}
