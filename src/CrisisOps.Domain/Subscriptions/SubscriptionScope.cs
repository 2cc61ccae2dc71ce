using System.Collections.Immutable;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>What a subscription is about. A part that is empty or null leaves nothing out.</summary>
/// <param name="Streams">Kinds of streams by the first part of their keys (<c>ESC</c>, <c>CR</c>, <c>EL</c>), or streams by their keys.</param>
/// <param name="Types">Types of crises.</param>
/// <param name="MinSeverity">Of escalations: this one and worse.</param>
/// <param name="MinLevel">Of crises: this one and worse.</param>
/// <param name="Regions">ISO 3166 codes; a country takes its parts with it.</param>
/// <param name="PolicyAreas">Of escalations.</param>
/// <param name="Elections">Keys of elections: they, and what is linked to them.</param>
public sealed record SubscriptionScope(
    ImmutableList<string>? Streams = null,
    ImmutableList<CrisisType>? Types = null,
    Severity? MinSeverity = null,
    CrisisLevel? MinLevel = null,
    ImmutableList<string>? Regions = null,
    ImmutableList<PolicyArea>? PolicyAreas = null,
    ImmutableList<string>? Elections = null)
{
    /// <summary>Whether news is part of it. What an event does not have, such as the level of a case, leaves it in.</summary>
    public bool Holds(NewsFacts news) =>
        Any(Streams, s => s == news.Stream || news.Stream.StartsWith($"{s}-", StringComparison.Ordinal))
        && (news.Type is not { } type || Any(Types, t => t == type))
        && (news.Severity is not { } severity || MinSeverity is not { } worst || severity <= worst)
        && (news.Level is not { } level || MinLevel is not { } least || level <= least)
        && (Regions is null or { IsEmpty: true } || Shared.Regions.Intersect(news.Regions, Regions))
        && (news.PolicyArea is not { } area || Any(PolicyAreas, a => a == area))
        && Any(Elections, news.Elections.Contains);

    private static bool Any<T>(ImmutableList<T>? list, Func<T, bool> holds) => list is null or { IsEmpty: true } || list.Exists(item => holds(item));
}

/// <summary>What a scope is compared with.</summary>
/// <param name="Elections">The election itself, or those its stream is linked to.</param>
public sealed record NewsFacts(
    string Stream, CrisisType? Type, Severity? Severity, CrisisLevel? Level, IReadOnlyCollection<string> Regions, PolicyArea? PolicyArea, IReadOnlyCollection<string> Elections);
