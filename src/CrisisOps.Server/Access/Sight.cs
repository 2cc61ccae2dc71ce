using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Access;

/// <summary>
/// The one place that decides what a caller may see (domain §4, design §6): as a rule on facts in memory for the write path, and
/// as SQL for every reader. A property test holds the two against each other.
/// </summary>
public static class Sight
{
    /// <summary>The most secret TLP an audience may read, whatever the reader's clearance.</summary>
    public static Tlp Ceiling(Audience audience) => audience switch
    {
        Audience.Core => Tlp.RED,
        Audience.CrossFunctional or Audience.Executive => Tlp.AmberStrict,
        Audience.Partner => Tlp.AMBER,
        _ => Tlp.CLEAR,
    };

    /// <summary>The audience as which the caller reads this stream; null when it does not exist for them.</summary>
    public static Audience? AudienceOf(SightFacts facts, Caller caller)
    {
        if (caller.Is(Role.System))
        {
            return Audience.Core;
        }

        if (Relation(facts, caller) is not { } audience)
        {
            return null;
        }

        var glass = facts.Glass.Contains(caller.Id);
        var cleared = facts.Tlp <= Limit(audience, caller) || glass;
        var named = facts.Tlp < Tlp.RED || glass || facts.Owners.Contains(caller.Id) || facts.Named.Contains(caller.Id);
        return cleared && named ? audience : null;
    }

    /// <summary>The highest TLP this caller reads as this audience.</summary>
    public static Tlp Limit(Audience audience, Caller caller) => caller.Clearance < Ceiling(audience) ? caller.Clearance : Ceiling(audience);

    /// <summary>The same rule as SQL over a row with the columns of <see cref="SightFacts"/>.</summary>
    /// <param name="row">Alias of the row.</param>
    public static SightSql Sql(string row, Caller caller, SqlArguments arguments)
    {
        var me = arguments.Add(caller.Id);
        var audience = caller.Roles.Count == 0 ? "null::int" : $"case when {me} = any ({row}.owners) then 0 {RelationSql(row, caller, arguments)} end";
        var clearance = (int)caller.Clearance;
        var limit = $"case {audience} when 0 then {clearance} when 1 then {Least(clearance, Audience.CrossFunctional)} when 2 then {Least(clearance, Audience.Executive)} when 3 then {Least(clearance, Audience.Partner)} else -1 end";
        var open = $"({me} = any ({row}.glass))";
        var named = $"({me} = any ({row}.owners) or {me} = any ({row}.named) or {open})";
        return new SightSql(
            audience, limit, named, open,
            $"(({row}.tlp <= {limit} or ({open} and {audience} is not null)) and ({row}.tlp < {(int)Tlp.RED} or {named}))");
    }

    /// <summary>
    /// The scopes under which <c>crisis.scopes</c> files what this caller may see beside partner receipts. They only narrow the search:
    /// what is found there still passes <see cref="Sql"/>.
    /// </summary>
    public static string[] ScopesOf(Caller caller)
    {
        List<string> scopes = [$"p:{caller.Id}"];
        if (caller.IsAny([Role.DutyLead, Role.Specialist, Role.Executive, Role.Analyst]))
        {
            scopes.AddRange(RegionScopes(caller).Select(place => $"{place}/{(int)Least(caller.Clearance, Tlp.AmberStrict)}"));
        }

        if (!caller.IsAny([Role.DutyLead, Role.Specialist]))
        {
            scopes.AddRange(caller.Functions.Select(function => $"f:{function}"));
            scopes.AddRange(caller.Roles.Select(role => $"i:{RoleNames.Of(role)}"));
        }

        return [.. scopes];
    }

    private static IEnumerable<string> RegionScopes(Caller caller) => caller.Regions.Contains("*")
        ? ["*"]
        : Regions.WithParents(caller.Regions).Select(region => $"={region}").Concat(caller.Regions.Select(region => $">{region}")).Append("~");

    private static Tlp Least(Tlp one, Tlp other) => one < other ? one : other;

    private static Audience? Relation(SightFacts facts, Caller caller)
    {
        if (caller.Roles.Count == 0)
        {
            return null; // denied by default: a function, a partner or a name in a case is no role
        }

        if (facts.Owners.Contains(caller.Id))
        {
            return Audience.Core;
        }

        var near = Regions.Intersect(facts.Regions, caller.Regions);
        if (near && (caller.Is(Role.DutyLead) || caller.Is(Role.Specialist)))
        {
            return Audience.Core;
        }

        if (near && (facts.Consulted.Any(caller.Functions.Contains) || facts.Involved.Any(caller.Roles.Contains)))
        {
            return Audience.CrossFunctional;
        }

        if (near && (caller.Is(Role.Executive) || caller.Is(Role.Analyst)))
        {
            return Audience.Executive;
        }

        return caller.Partner is not null && caller.Partner == facts.RequesterPartner ? Audience.Partner : null;
    }

    private static string RelationSql(string row, Caller caller, SqlArguments arguments)
    {
        var near = caller.Regions.Contains("*")
            ? "true"
            : $"({row}.regions = '{{}}' or '{Regions.World}' = any ({row}.regions) or {row}.regions_up && {arguments.Add(caller.Regions.ToArray())} or {row}.regions && {arguments.Add(Regions.WithParents(caller.Regions).ToArray())})";
        if (caller.Is(Role.DutyLead) || caller.Is(Role.Specialist))
        {
            return $"when {near} then 0 {PartnerSql(row, caller, arguments)}";
        }

        var functions = arguments.Add(caller.Functions.Select(f => f.ToString()).ToArray());
        var roles = arguments.Add(caller.Roles.Select(RoleNames.Of).ToArray());
        var consulted = $"when {near} and ({row}.consulted && {functions} or {row}.involved && {roles}) then 1";
        var executive = caller.Is(Role.Executive) || caller.Is(Role.Analyst) ? $" when {near} then 2" : "";
        return consulted + executive + PartnerSql(row, caller, arguments);
    }

    private static string PartnerSql(string row, Caller caller, SqlArguments arguments) =>
        caller.Partner is null ? "" : $" when {row}.requester_partner = {arguments.Add(caller.Partner)} then 3";

    private static int Least(int clearance, Audience audience) => Math.Min(clearance, (int)Ceiling(audience));
}

/// <summary>Pieces of a query.</summary>
/// <param name="Audience">The number of the reader's audience on the row, null if none.</param>
/// <param name="Limit">The highest TLP the reader reads there.</param>
/// <param name="Named">Whether RED names the reader.</param>
/// <param name="Open">Whether the reader broke the glass.</param>
/// <param name="Visible">Whether the row exists for the reader.</param>
public sealed record SightSql(string Audience, string Limit, string Named, string Open, string Visible);

/// <summary>Positional parameters of a query under construction.</summary>
public sealed class SqlArguments
{
    private readonly List<object?> _values = [];

    public object?[] Values => [.. _values];

    /// <summary>Adds a value and returns its place, such as <c>$3</c>.</summary>
    public string Add(object? value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }
}
