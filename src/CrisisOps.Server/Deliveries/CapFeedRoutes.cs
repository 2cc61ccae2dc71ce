using System.Security.Cryptography;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Channels.Cap;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// The CAP messages for one partner, to be fetched: a feed and each message of it. The partner reads its own, and who looks after partners
/// reads what it would. A read is no acknowledgement.
/// </summary>
public sealed class CapFeedRoutes : IRoutes
{
    private static readonly Role[] _readers = [Role.PartnerManager, Role.DutyLead];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/partners/{key}/cap", Feed);
        app.MapGet("/v1/partners/{key}/cap/{alertId}", Message);
    }

    private static async Task<IResult> Feed(
        string key, HttpContext http, StreamKinds kinds, StreamStates states, PartnerDirectory partners, CapInbox inbox, AlertCap cap, SignedLinks links, CancellationToken cancellation)
    {
        var query = new Queries(http, "since", Past.AsOfName);
        var (since, past) = (query.Instant("since"), Past.Of(query));
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (await Reader(key, http, past, kinds, states, partners, cancellation) is not { } partner)
        {
            return Problem.NotFound;
        }

        var messages = await inbox.Of(partner, Callers.Of(http), since, null, past, cancellation);
        var link = links.Absolute($"/v1/partners/{key}/cap");
        var updated = messages.Count > 0 ? messages[0].Sent : partner.ProposedAt;
        return Answer(http, CapFeed.MediaType, updated, CapFeed.Write(
            link, $"Alerts to {partner.Name}", cap.SenderName, updated, messages.Select(m => new CapFeedEntry($"{link}/{Uri.EscapeDataString(m.AlertId)}", Title(m), m.Sent))));
    }

    private static async Task<IResult> Message(
        string key, string alertId, HttpContext http, StreamKinds kinds, StreamStates states, PartnerDirectory partners, CapInbox inbox, CancellationToken cancellation)
    {
        var query = new Queries(http, Past.AsOfName);
        var past = Past.Of(query);
        return query.Problem is { } problem ? problem
            : await Reader(key, http, past, kinds, states, partners, cancellation) is { } partner
            && await inbox.Of(partner, Callers.Of(http), null, alertId, past, cancellation) is [var message, ..]
            && await inbox.Rendered(message, partner, cancellation) is { } xml
                ? Answer(http, CapFeed.EntryType, message.Sent, xml)
                : Problem.NotFound;
    }

    /// <summary>
    /// The partner whose messages this caller reads; null when there are none for them, and before it was there at all. A partner that is not active
    /// reads nothing.
    /// </summary>
    private static async Task<Partner?> Reader(string key, HttpContext http, Past? past, StreamKinds kinds, StreamStates states, PartnerDirectory partners, CancellationToken cancellation)
    {
        var caller = Callers.Of(http);
        var reads = caller.Is(Role.Partner)
            ? caller.Partner == key
            : caller.IsAny(_readers) && kinds.Find(key) is { Prefix: "PRT" } kind && await states.Seen(kind, key, caller, cancellation) is (_, <= Audience.CrossFunctional);
        return reads && kinds.Find(key) is { Prefix: "PRT" } && await partners.Of(key, cancellation) is { Stage: PartnerState.Active } partner
            && (past is null || await states.Then(key, past, cancellation) is not null)
            ? partner
            : null;
    }

    private static string Title(CapPlanned message) => $"{(message.Kind switch
    {
        DeliveryKind.AlertCancel => "All clear",
        DeliveryKind.AlertUpdate => "Update",
        _ => "Alert",
    })} {message.Chain} ({(message.AlertId == message.Chain ? "" : $"{message.AlertId}, ")}TLP:{TlpNames.Of(message.Tlp)})";

    /// <summary>The whole content, or 304 to whoever has it.</summary>
    private static FileContentHttpResult Answer(HttpContext http, string type, DateTimeOffset modified, byte[] content)
    {
        // No shared cache keeps it, and the partner's own asks again: rights can end at any time.
        http.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(content, type, null, enableRangeProcessing: false, modified, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\""));
    }
}
