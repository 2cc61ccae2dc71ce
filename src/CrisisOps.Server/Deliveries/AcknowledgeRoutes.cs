using CrisisOps.Domain.Crises;
using CrisisOps.Server.Access;
using CrisisOps.Server.Channels.Inbox;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>Acknowledging a message: with the signed link in it, or by API as the partner or colleague that got it.</summary>
public sealed class AcknowledgeRoutes : IRoutes
{
    /// <summary>Of the links in messages.</summary>
    public const string Purpose = "acknowledge";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/deliveries/{id}/acknowledge", Post);
        app.MapGet($"/v1/links/{Purpose}/{{token}}", (string token, HttpContext http, SignedLinks links) =>
            links.Read(Purpose, token) is null ? Problem.NotFound : LinkPages.Ask(http, "Acknowledge this message", "I have read it and we act on it", asks: true)).AllowAnonymous().ExcludeFromDescription(); // a page for people
        app.MapPost($"/v1/links/{Purpose}/{{token}}", Follow).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task<IResult> Post(string id, HttpContext http, NpgsqlDataSource database, Acknowledgements acknowledgements, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var caller = Callers.Of(http);
        // A partner what came to it, a colleague what came to them; what somebody else says on the telephone is given to the crisis: record-partner-ack.
        var (from, seen) = caller.Is(Domain.Shared.Role.Partner) ? ListDeliveries.Seen(caller, arguments) : (ListDeliveries.StaffFrom(), OwnDeliveries.Seen(caller, arguments));
        await using var command = database.Statement($"select 1 from {from} where d.id = {arguments.Add(id)} and {seen}", arguments.Values);
        if (await command.ExecuteScalarAsync(cancellation) is null)
        {
            return Problem.NotFound;
        }

        var (problem, by) = await LinkPages.By(http, cancellation);
        return problem ?? await Give(id, by, Channel.Api, http, acknowledgements, cancellation);
    }

    private static async Task<IResult> Follow(string token, HttpContext http, SignedLinks links, Acknowledgements acknowledgements, CancellationToken cancellation)
    {
        if (links.Read(Purpose, token) is not { } id)
        {
            return Problem.NotFound;
        }

        var (problem, by) = await LinkPages.By(http, cancellation);
        return problem ?? await Give(id, by, null, http, acknowledgements, cancellation);
    }

    private static async Task<IResult> Give(string id, string by, Channel? through, HttpContext http, Acknowledgements acknowledgements, CancellationToken cancellation) =>
        Answer(await acknowledgements.Give(id, by, through, cancellation), http);

    /// <summary>What whoever acknowledges reads, by whatever way.</summary>
    internal static IResult Answer(AcknowledgementResult? given, HttpContext http) => given switch
    {
        AcknowledgementResult.Recorded => LinkPages.Done(http, "Acknowledged. Thank you."),
        AcknowledgementResult.Before => LinkPages.Done(http, "This was acknowledged before. Thank you."),
        AcknowledgementResult.Over => LinkPages.Done(http, "This is over; nothing has to be acknowledged any more."),
        AcknowledgementResult.Busy => Problem.Busy("It could not be recorded now."),
        _ => Problem.NotFound,
    };
}
