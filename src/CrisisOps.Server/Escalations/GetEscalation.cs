using System.Text.Json;
using System.Text.Json.Nodes;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Escalations;

/// <summary>
/// <c>GET /v1/escalations/{key}</c>: the state, now or as of an instant or version, as the reader's audience may see it; now also
/// the commands this reader may give, each with a body that would be accepted.
/// </summary>
public sealed class GetEscalation : IRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/escalations/{key}", Get);

    private static async Task<IResult> Get(
        string key, HttpContext http, StreamStates states, StreamKinds kinds, StreamLoader loader, PastStates pasts, OfferedCommands offers, MergedReports merged, CancellationToken cancellation)
    {
        var query = new Queries(http, Past.AsOfName, Past.VersionName, Past.ClockName);
        var past = Past.Of(query, byVersion: true);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var caller = Callers.Of(http);
        var kind = kinds.Of<Escalation>();
        if (await states.Seen(kind, key, caller, cancellation) is not var (held, audience))
        {
            return Problem.NotFound;
        }

        // What it was then, with the rights of now.
        if (past is not null)
        {
            // Which versions there are is not for a partner: they would tell how much happens that it does not see.
            if ((audience == Audience.Partner && past.Version is not null) || await states.Then(key, past, cancellation) is not { } then)
            {
                return Problem.NotFound;
            }

            // A version is one of this stream alone; at an instant the crisis had its own.
            var was = (Escalation)then.State;
            was = past.Version is null ? await Referred(was, audience, crisis => pasts.Load(crisis, past, cancellation)) : was;
            return Shown(kind.ViewThen(was, audience, held.State), audience, past.Occurred ? null : then.Version, http);
        }

        var state = await Referred((Escalation)held.State, audience, async crisis => (await loader.Load([crisis], cancellation))[crisis]);
        var view = EscalationView.For(audience, state, state);
        if (audience == Audience.Core && await merged.Into(key, cancellation) is { Count: > 0 } reports)
        {
            view["mergedReports"] = JsonSerializer.SerializeToNode(reports, Json.Stored);
            view["totalReportCount"] = ((Escalation)held.State).ReportCount + reports.Sum(r => r.ReportCount);
        }

        view["commands"] = await offers.For(kind, key, held, caller, cancellation);
        return Shown(view, audience, held.Version, http);
    }

    /// <summary>Law enforcement may have been told by the command of the crisis.</summary>
    private static async Task<Escalation> Referred(Escalation state, Audience audience, Func<string, Task<HeldState>> crisis) =>
        audience == Audience.Core && state.CrisisKey is { } key && state.Clocks.Any(c => c is { MetAt: null, Kind: ClockKind.ThreatToLifeReferral })
            ? state.WithReferralOf((Domain.Crises.Crisis)(await crisis(key)).State)
            : state;

    private static SeenJson Shown(JsonObject view, Audience audience, long? version, HttpContext http)
    {
        // A version would tell a partner how much happens that it does not see; a state by the clock of occurrence has none.
        if (version is null)
        {
            view.Remove("version");
        }
        else if (audience != Audience.Partner)
        {
            http.Response.Headers.ETag = $"\"{version}\"";
        }

        return new SeenJson(view.ToJsonString(Json.Stored));
    }
}

/// <summary>An escalation as each audience may read it: made by naming what is shown, so that a new member is hidden until somebody decides.</summary>
public static class EscalationView
{
    private static readonly string[] _crossFunctional =
    [
        "key", "version", "state", "title", "allegation", "source", "product", "surface", "regions", "languages", "policyArea", "tvec", "proposedSeverity", "severity", "effectiveSeverity",
        "flags", "tlp", "exercise", "occurredAt", "raisedAt", "clocks", "owner", "coOwners", "reportCount", "findings", "consults", "tasks", "interimActions", "decision", "snooze", "outcome",
        "resolvedAt", "closesAt", "nextUpdateDue", "priorityScore", "crisisKey", "electionKey",
    ];

    private static readonly string[] _executive =
        ["key", "version", "state", "title", "regions", "policyArea", "effectiveSeverity", "flags", "tlp", "raisedAt", "outcome", "resolvedAt", "nextUpdateDue"];

    /// <param name="now">The same case as it is now: what is more secret than the case is judged by it.</param>
    public static JsonObject For(Audience audience, Escalation state, Escalation now)
    {
        if (audience == Audience.Partner)
        {
            return (JsonObject)JsonNode.Parse(EscalationCard.WriteForPartner(state))!;
        }

        // What is more secret than the case is read on the timeline, by whoever may: a state is the same for all who see it.
        var told = state with { Consults = [.. state.Consults.Select(c => c.Tlp > now.Tlp ? c with { Question = $"TLP:{TlpNames.Of(c.Tlp.Value)}, see the timeline" } : c)] };
        var whole = (JsonObject)JsonSerializer.SerializeToNode(told, Json.Stored)!;
        whole.Remove("stage");
        return audience switch
        {
            Audience.Core => whole,
            Audience.CrossFunctional => WithoutReferral(Only(whole, _crossFunctional)),
            _ => Only(whole, _executive),
        };
    }

    /// <summary>Whether and how law enforcement is told is for Core (domain §4); the timeline keeps it from other audiences too.</summary>
    private static JsonObject WithoutReferral(JsonObject view)
    {
        Drop(view["clocks"], "kind", nameof(ClockKind.ThreatToLifeReferral));
        Drop(view["clocks"], "clockId", LegalProfiles.AuthorityInformed);
        Drop(view["consults"], "function", nameof(Function.LawEnforcementOutreach));
        if (view["decision"] is JsonObject decision)
        {
            Drop(decision["results"], "action", nameof(EnforcementAction.ReferToLawEnforcement));
            (decision["actions"] as JsonArray)?.RemoveAll(action => action?.GetValue<string>() == nameof(EnforcementAction.ReferToLawEnforcement));
            (decision["consulted"] as JsonArray)?.RemoveAll(function => function?.GetValue<string>() == nameof(Function.LawEnforcementOutreach));
        }

        return view;
    }

    private static void Drop(JsonNode? items, string member, string value) =>
        (items as JsonArray)?.RemoveAll(item => item?[member]?.GetValue<string>() == value);

    private static JsonObject Only(JsonObject whole, string[] members)
    {
        var view = new JsonObject();
        foreach (var member in members)
        {
            if (whole[member] is { } value)
            {
                view[member] = value.DeepClone();
            }
        }

        return view;
    }
}
