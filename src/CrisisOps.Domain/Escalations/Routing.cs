using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>The desk that takes a case up first: who is on duty for this function in its region finds it in their work.</summary>
/// <param name="Rule">The rule that chose it; null when a person did, and then no rule chooses again.</param>
public sealed record Route(Function Desk, string? Rule);

/// <summary>One line of the routing (domain §3, P1): what is named must match, what is not named matches anything.</summary>
/// <param name="Name">Stands on the case, so that everybody sees why it came here.</param>
public sealed record RoutingRule(string Name, Function Desk)
{
    public ImmutableArray<Source> Sources { get; init; } = [];

    /// <summary>Known since triage; until then a case is <see cref="PolicyArea.Undetermined"/>.</summary>
    public ImmutableArray<PolicyArea> PolicyAreas { get; init; } = [];

    /// <summary>A country takes its subdivisions in.</summary>
    public ImmutableArray<string> Regions { get; init; } = [];

    public bool Matches(Source source, PolicyArea area, IEnumerable<string> regions) =>
        (Sources.IsEmpty || Sources.Contains(source))
        && (PolicyAreas.IsEmpty || PolicyAreas.Contains(area))
        && (Regions.IsEmpty || Shared.Regions.WithParents(regions).Any(Regions.Contains));
}

/// <summary>The routing table: the first rule that matches counts. The defaults are those marked [P] in the domain.</summary>
public static class Routing
{
    public static readonly ImmutableArray<RoutingRule> Default =
    [
        new("orders", Function.Legal) { Sources = [Source.GovernmentOrder, Source.CourtOrder, Source.OversightBody] },
        new("police", Function.LawEnforcementOutreach) { Sources = [Source.LawEnforcement] },
        new("press", Function.Comms) { Sources = [Source.Press] },
        new("media inquiries", Function.Comms) { PolicyAreas = [PolicyArea.MediaInquiry] },
        new("authorities", Function.PublicPolicy) { Sources = [Source.GovernmentRequest, Source.ElectionAuthority] },
        new("policy questions", Function.PublicPolicy) { PolicyAreas = [PolicyArea.PolicyQuestion] },
        new("rights holders", Function.Legal) { Sources = [Source.RightsHolder] },
        new("rights and local law", Function.Legal) { PolicyAreas = [PolicyArea.Copyright, PolicyArea.Trademark, PolicyArea.Counterfeit, PolicyArea.LocalLaw] },
        new("sales", Function.Sales) { Sources = [Source.SalesAdvertiser] },
        new("networks", Function.ThreatIntel) { PolicyAreas = [PolicyArea.CoordinatedInauthenticBehavior] },
    ];

    /// <summary>Where everything goes that no rule names.</summary>
    private static readonly Route _elsewhere = new(Function.GlobalOps, "everything else");

    public static Route Of(Source source, PolicyArea area, IReadOnlyList<string> regions, Rules rules) =>
        rules.Routing.FirstOrDefault(rule => rule.Matches(source, area, regions)) is { } found ? new Route(found.Desk, found.Name) : _elsewhere;

    /// <summary>The route of a case whose area or region has just become known; null when it stays, and when a person chose it.</summary>
    public static Route? Anew(Escalation state, PolicyArea area, IReadOnlyList<string> regions, Rules rules) =>
        state.Route is { Rule: null } || Of(state.Source, area, regions, rules) is var route && route.Desk == state.Route?.Desk ? null : route;
}
