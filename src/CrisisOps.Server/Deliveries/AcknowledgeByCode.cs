using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Deliveries;

/// <summary>An acknowledgement that came as a code: a partner read it out, or wrote it back.</summary>
/// <param name="Code">As it stands in the message. Capitals, spaces and the hyphen do not matter, nor O for 0, I or L for 1.</param>
/// <param name="By">The person there, by name or role; 1 to 200 characters.</param>
/// <param name="Channel">How it came. Absent means by telephone from staff, and from a gateway by the channel on which the message went.</param>
public sealed record AcknowledgeByCodeRequest(string Code, string By, Channel? Channel = null);

/// <summary>
/// <c>POST /v1/acknowledgements</c>: by a gateway for mail or short messages, or by whoever has the partner on the telephone. The code is the
/// right, so nothing is said of the incident that it belongs to.
/// </summary>
public sealed class AcknowledgeByCode : IRoutes
{
    private const int LongestCode = 40;
    private static readonly Role[] _givers = [Role.Integration, Role.Specialist, Role.DutyLead, Role.PartnerManager, Role.Communications];

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/v1/acknowledgements", Post);

    private static async Task<IResult> Post(HttpContext http, ReplyCodes codes, WrongCodes wrong, Acknowledgements acknowledgements, CancellationToken cancellation)
    {
        var caller = Callers.Of(http);
        if (!caller.IsAny(_givers))
        {
            return Problem.Forbidden($"Codes are taken by: {string.Join(", ", _givers.Select(RoleNames.Of))}.");
        }

        var (problem, request) = await JsonBodies.Read<AcknowledgeByCodeRequest>(http);
        if ((problem ?? Check(request!)) is { } refused)
        {
            return refused;
        }

        if (wrong.Wait(caller.Id) is { } wait)
        {
            return Problem.RateLimited("Too many wrong codes. Ask for the code again, letter by letter.", wait);
        }

        if (ReplyCodes.Read(request!.Code) is not { } code)
        {
            return Problem.Validation("code", "A code has eight letters and digits, such as 7F3K-9QXM.");
        }

        var through = request.Channel ?? (caller.Is(Role.Integration) ? null : Channel.Phone);
        var given = await codes.Find(code, cancellation) is { } delivery ? await acknowledgements.Give(delivery, request.By.Trim(), through, cancellation) : null;
        if (given is null)
        {
            wrong.Add(caller.Id);
        }

        return AcknowledgeRoutes.Answer(given, http);
    }

    private static Problem? Check(AcknowledgeByCodeRequest request) =>
        request.Code.Length > LongestCode ? Problem.Validation("code", "A code has eight letters and digits, such as 7F3K-9QXM.")
        : LinkPages.Name(request.By) is null ? Problem.Validation("by", LinkPages.NameRule)
        : request.Channel is Channel.Inbox or Channel.Platform ? Problem.Validation("channel", "A partner is not reached by this one: say how its answer came.")
        : null;
}
