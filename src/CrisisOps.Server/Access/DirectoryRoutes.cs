using System.Collections.Immutable;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Access;

/// <param name="OnShiftUntil">End of the active shift; absent means not on shift.</param>
public sealed record PersonRequest(
    IReadOnlyList<Role>? Roles = null, IReadOnlyList<Function>? Functions = null, IReadOnlyList<string>? Regions = null, Tlp Clearance = Tlp.AMBER,
    IReadOnlyList<PolicyArea>? ClearedAreas = null, IReadOnlyList<PolicyArea>? AcknowledgedAreas = null, DateTimeOffset? OnShiftUntil = null, string? Shift = null);

public sealed record DutyRequest(string Person, IReadOnlyList<string>? Channels = null, DateTimeOffset? Until = null);

public sealed record FactRequest(string Value);

/// <summary>
/// People, the duty list and the facts of streams that do not exist yet. Admins and duty leads write, legal counsel says which cases are under a
/// legal hold; people of the team read.
/// What is not stored here is unknown, and unknown means refused.
/// </summary>
public sealed class DirectoryRoutes : IRoutes
{
    private static readonly Role[] _keepers = [Role.Admin, Role.DutyLead];
    private static readonly Role[] _holdKeepers = [.. _keepers, Role.LegalCounsel];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/directory/people/{id}", GetPerson);
        app.MapPut("/v1/directory/people/{id}", PutPerson);
        app.MapGet("/v1/directory/facts/{kind}/{**id}", GetFact);
        app.MapPut("/v1/directory/facts/{kind}/{**id}", PutFact);
        app.MapGet("/v1/duty", GetDuty);
        app.MapPut("/v1/duty/{function}/{region}", PutDuty);
    }

    private static async Task<IResult> GetPerson(string id, HttpContext http, PeopleDirectory people, CancellationToken cancellation) =>
        !Colleague(http) ? Denied
        : Named(id) && (await people.Find([id], cancellation)).TryGetValue(id, out var person) ? Results.Json(person, Json.Stored)
        : Problem.NotFound;

    private static Task<IResult> PutPerson(string id, HttpContext http, PeopleDirectory people, CancellationToken cancellation) =>
        Put<PersonRequest>(http, _keepers, Named(id) ? null : "id", async request =>
        {
            if (request.Roles?.Contains(Role.System) == true)
            {
                return Problem.Validation("roles", "Nobody has the system's role.");
            }

            if (request.Regions is not (null or ["*"]) && !Shapes.AreRegions(request.Regions))
            {
                return Problem.Validation("regions", "ISO 3166 codes such as XN or XN-01, at most 300; or * alone");
            }

            var person = new PersonFacts(
                id, [.. request.Roles ?? []], [.. request.Functions ?? []], [.. request.Regions ?? []], request.Clearance,
                [.. request.ClearedAreas ?? []], [.. request.AcknowledgedAreas ?? []], request.OnShiftUntil, request.Shift);
            await people.Put(person, cancellation);
            return Results.Json(person, Json.Stored);
        });

    private static async Task<IResult> GetFact(string kind, string id, HttpContext http, FactStore facts, CancellationToken cancellation) =>
        !Colleague(http) ? Denied
        : Named(kind) && Named(id) && (await facts.Find([(kind, id)], cancellation)).TryGetValue($"{kind}/{id}", out var value) ? Results.Json(new { kind, id, value }, Json.Stored)
        : Problem.NotFound;

    private static Task<IResult> PutFact(string kind, string id, HttpContext http, FactStore facts, CancellationToken cancellation) =>
        Put<FactRequest>(http, kind == ErasePersonalData.HoldFact ? _holdKeepers : _keepers, !Named(kind) ? "kind" : Named(id) ? null : "id", async request =>
        {
            if (!Named(request.Value))
            {
                return Problem.Validation("value", "1 to 100 characters, without control characters");
            }

            await facts.Put(kind, id, request.Value, cancellation);
            return Results.Json(new { kind, id, request.Value }, Json.Stored);
        });

    private static async Task<IResult> GetDuty(HttpContext http, DutyList duty, CancellationToken cancellation) =>
        Colleague(http) ? Results.Json(new { items = await duty.All(cancellation) }, Json.Stored) : Denied;

    private static Task<IResult> PutDuty(string function, string region, HttpContext http, DutyList duty, CancellationToken cancellation) =>
        Put<DutyRequest>(http, _keepers, Enum.TryParse<Function>(function, out _) && !char.IsAsciiDigit(function[0]) ? Named(region) ? null : "region" : "function", async request =>
        {
            if (!Named(request.Person))
            {
                return Problem.Validation("person", "1 to 100 characters, without control characters");
            }

            var entry = new Duty(Enum.Parse<Function>(function), region, request.Person, [.. request.Channels ?? []], request.Until);
            await duty.Put(entry, cancellation);
            return Results.Json(entry, Json.Stored);
        });

    private static async Task<IResult> Put<T>(HttpContext http, Role[] keepers, string? wrong, Func<T, Task<IResult>> put)
        where T : class
    {
        if (!Callers.Of(http).IsAny(keepers))
        {
            return Problem.Forbidden($"This is kept by: {string.Join(", ", keepers.Select(RoleNames.Of))}.");
        }

        if (wrong is not null)
        {
            return Problem.Validation(wrong, "is not a name that can stand here");
        }

        var (problem, request) = await JsonBodies.Read<T>(http);
        return problem ?? await put(request!);
    }

    /// <summary>Partners and integrations learn nothing of who works here.</summary>
    private static bool Colleague(HttpContext http) =>
        Callers.Of(http) is { Type: ActorType.Specialist } caller && caller.Roles.Count > 0;

    private static Problem Denied => Problem.Forbidden("The directory is for the team.");

    private static bool Named(string text) => text.Length is > 0 and <= 100 && !text.Any(char.IsControl);
}
