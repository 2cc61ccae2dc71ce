using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Intake;

/// <summary>The rules by which alerts become escalations: read by the team, written and tried by admins and duty leads.</summary>
public sealed class IntakeRuleRoutes : IRoutes
{
    private const int Most = 500;
    private static readonly Role[] _writers = [Role.Admin, Role.DutyLead];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/intake/rules", Get);
        app.MapPut("/v1/intake/rules", Put);
        app.MapPost("/v1/intake/rules/dry-run", Try);
    }

    private static async Task<IResult> Get(HttpContext http, IntakeRuleBook book, CancellationToken cancellation)
    {
        if (Callers.Of(http) is not { Type: ActorType.Specialist, Roles.Count: > 0 })
        {
            return Problem.Forbidden("The rules of the intake are read by the team.");
        }

        return Results.Json(View(await book.Newest(cancellation)), Json.Stored);
    }

    private static async Task<IResult> Put(HttpContext http, IntakeRuleBook book, TimeProvider clock, CancellationToken cancellation)
    {
        if (!Callers.Of(http).IsAny(_writers))
        {
            return Problem.Forbidden("The rules of the intake are written by: admin, duty-lead.");
        }

        var (problem, rules) = await JsonBodies.Read<IntakeRules>(http);
        if (problem is not null || (problem = Refused(rules!)) is not null)
        {
            return problem;
        }

        await book.Put(rules!, Callers.Of(http).Id, clock.GetUtcNow(), cancellation);
        return Results.Json(View(await book.Newest(cancellation)), Json.Stored);
    }

    private static async Task<IResult> Try(HttpContext http, IntakeRuleTrial trial, TimeProvider clock, CancellationToken cancellation)
    {
        if (!Callers.Of(http).IsAny(_writers))
        {
            return Problem.Forbidden("The rules of the intake are tried by: admin, duty-lead.");
        }

        var (problem, request) = await JsonBodies.Read<TrialRequest>(http);
        if (problem is not null || (problem = Refused(new IntakeRules([.. request!.Rules ?? []]))) is not null)
        {
            return problem;
        }

        foreach (var (member, at) in new[] { ("from", request.From), ("to", request.To) })
        {
            if (at is { } instant && !Shapes.IsInstant(instant))
            {
                return Problem.Validation(member, "must lie between the years 2000 and 2100");
            }
        }

        var to = request.To ?? clock.GetUtcNow();
        var from = request.From ?? to - TimeSpan.FromDays(1);
        return from >= to
            ? Problem.Validation("from", "must lie before to")
            : Results.Json(await trial.Over(new IntakeRules([.. request.Rules ?? []]), from, to, request.Source, Callers.Of(http), cancellation), Json.Stored);
    }

    private static object View(IntakeRuleVersion? newest) =>
        newest is null ? new { version = 0, rules = Array.Empty<IntakeRule>() } : new { newest.Version, newest.By, newest.At, newest.Rules.Rules };

    /// <summary>Why these rules are not taken; null when they are.</summary>
    private static Problem? Refused(IntakeRules rules)
    {
        if (rules.Rules.IsDefault || rules.Rules.Length > Most)
        {
            return Problem.Validation("rules", $"a list of at most {Most} rules");
        }

        for (var i = 0; i < rules.Rules.Length; i++)
        {
            var rule = rules.Rules[i];
            var fault = rule.Name is not { Length: > 0 and <= 100 } || rule.Name.Any(char.IsControl) ? (".name", "1 to 100 characters")
                : rules.Rules.Take(i).Any(r => r.Name == rule.Name) ? (".name", "another rule has this name already")
                : rule.ContentWindow is { } window && (window < TimeSpan.FromMinutes(1) || window > TimeSpan.FromDays(30)) ? (".contentWindow", "PT1M to P30D")
                : rule.Severities is not { } severities || severities.Keys.Any(w => w is not { Length: > 0 and <= 50 }) ? (".severities", "words of 1 to 50 characters")
                : severities.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() < severities.Count ? (".severities", "a word counts in whatever case it is written: it stands here twice")
                : !Shapes.AreRegions(rule.Regions) ? (".regions", "ISO 3166-1 or -2 codes, such as XN or XN-01")
                : ((string Member, string What)?)null;
            if (fault is var (member, what))
            {
                return Problem.Validation($"rules[{i}]{member}", what);
            }
        }

        return null;
    }
}
