using System.Globalization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Access;

/// <summary>
/// The one place that decides what a caller may see (domain §4, design §6): as a rule on facts in memory for the write path, and
/// as SQL for every reader. A property test holds the two against each other.
/// </summary>
public static class Sight
{
    /// <summary>The most secret TLP an audience may read, whatever the reader's clearance.</summary>
    public static Tlp Ceiling(Audience audience) => Ceilings.Of(audience);

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

    /// <summary>Whether a caller who reads a stream as this audience reads an entry of it of this secrecy: the rule of every timeline query.</summary>
    public static bool Reads(SightFacts facts, Caller caller, Audience audience, Tlp entry)
    {
        var open = facts.Glass.Contains(caller.Id);
        return (entry <= Limit(audience, caller) || open) && (entry < Tlp.RED || open || facts.Owners.Contains(caller.Id) || facts.Named.Contains(caller.Id));
    }

    /// <summary>
    /// Whether somebody who reads a stream as one audience may make something of it for another. What is written for executives alone is not
    /// for the consulted functions, so no audience but Core reads what another does; and what is public is everybody's.
    /// </summary>
    public static bool Makes(Audience own, Audience other) => own == Audience.Core || other == own || other == Audience.Public;

    /// <summary>The same rule as SQL over a row with the columns of <see cref="SightFacts"/>.</summary>
    /// <param name="row">Alias of the row.</param>
    public static SightSql Sql(string row, Caller caller, SqlArguments arguments) => Sql(row, SightRows.Escalations, caller, arguments);

    /// <inheritdoc cref="Sql(string, Caller, SqlArguments)"/>
    /// <param name="rows">What kind of rows they are.</param>
    public static SightSql Sql(string row, SightRows rows, Caller caller, SqlArguments arguments)
    {
        var me = arguments.Add(caller.Id);
        (string Condition, Audience Audience)[] relations = caller.Roles.Count == 0 ? [] : [.. RelationsSql(row, rows, me, caller, arguments)];
        // Any of them will do, and the farthest, a reader's regions, is what lets them see most rows.
        var related = relations.Length == 0 ? "false" : string.Join(" or ", relations.Select(r => r.Condition).Reverse());
        var audience = relations.Select(r => r.Audience).Distinct().ToArray() switch
        {
            [] => "null::int",
            [var only] => $"case when {related} then {(int)only} end",
            _ => $"case {string.Join(' ', relations.Select(r => $"when {r.Condition} then {(int)r.Audience}"))} end",
        };
        // Every row of a page pays for this: what does not depend on the row is not asked of it.
        var limits = relations.Select(r => r.Audience).Distinct().Select(a => (Audience: a, Limit: (int)Limit(a, caller))).ToArray();
        var limit = limits.Select(l => l.Limit).Distinct().ToArray() switch
        {
            [] => "-1",
            [var same] => same.ToString(CultureInfo.InvariantCulture),
            _ => $"case {audience} {string.Join(' ', limits.Select(l => $"when {(int)l.Audience} then {l.Limit}"))} else -1 end",
        };
        var open = $"({me} = any ({row}.glass))";
        var named = $"({me} = any ({row}.owners) or {me} = any ({row}.named) or {open})";
        // Who may not read RED as anybody sees it through the glass alone, which also counts as being named.
        var naming = limits.Any(l => l.Limit >= (int)Tlp.RED) ? $" and ({row}.tlp < {(int)Tlp.RED} or {named})" : "";
        return new SightSql(
            audience, limit, named, open, $"(({related}) and ({row}.tlp <= {limit} or {open}){naming})",
            relations.Any(r => r.Audience == Audience.Partner) ? $"({audience} < {(int)Audience.Partner})" : "true");
    }

    /// <summary>
    /// The scopes under which <c>crisis.scopes</c> files what this caller may see beside partner receipts. The same property test holds
    /// them against the rule.
    /// </summary>
    public static IReadOnlyList<SightScope> ScopesOf(Caller caller)
    {
        List<SightScope> scopes = [new($"p:{caller.Id}", Exact: false)];
        if (caller.IsAny([Role.DutyLead, Role.Specialist, Role.Executive, Role.Analyst]))
        {
            scopes.AddRange(RegionScopes(caller).Select(place => new SightScope($"{place}/{(int)Least(caller.Clearance, Tlp.AmberStrict)}", Exact: true)));
        }

        if (!caller.IsAny([Role.DutyLead, Role.Specialist]))
        {
            scopes.AddRange(caller.Functions.Select(function => new SightScope($"f:{function}", Exact: false)));
            scopes.AddRange(caller.Roles.Select(role => new SightScope($"i:{RoleNames.Of(role)}", Exact: false)));
        }

        return scopes;
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
        if (near && caller.Is(Role.DutyLead))
        {
            return Audience.Core;
        }

        if (near && caller.Is(Role.Specialist) && facts.Specialists is { } specialists)
        {
            return specialists;
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

    /// <summary>The ways to be related to a case, the closest first.</summary>
    private static IEnumerable<(string Condition, Audience Audience)> RelationsSql(string row, SightRows rows, string me, Caller caller, SqlArguments arguments)
    {
        yield return ($"{me} = any ({row}.owners)", Audience.Core);
        var near = NearSql(row, caller, arguments);
        if (caller.Is(Role.DutyLead) || (caller.Is(Role.Specialist) && rows.Specialists == Audience.Core))
        {
            yield return (near, Audience.Core);
        }
        else
        {
            if (caller.Is(Role.Specialist))
            {
                yield return ($"({near} and {row}.specialists = {(int)Audience.Core})", Audience.Core);
                yield return ($"({near} and {row}.specialists = {(int)Audience.CrossFunctional})", Audience.CrossFunctional);
            }

            var functions = arguments.Add(caller.Functions.Select(f => f.ToString()).ToArray());
            var roles = arguments.Add(caller.Roles.Select(RoleNames.Of).ToArray());
            yield return ($"({near} and ({row}.consulted && {functions} or {row}.involved && {roles}))", Audience.CrossFunctional);
            if (caller.IsAny([Role.Executive, Role.Analyst]))
            {
                yield return (near, Audience.Executive);
            }
        }

        if (caller.Partner is { } partner)
        {
            yield return ($"{row}.requester_partner = {arguments.Add(partner)}", Audience.Partner);
        }
    }

    private static string NearSql(string row, Caller caller, SqlArguments arguments)
    {
        if (caller.Regions.Contains("*"))
        {
            return "true";
        }

        // The regions of a case are among those it lies in, so only a reader of a part of a country asks for more.
        string[] inside = [.. caller.Regions.Append(Regions.World).Distinct(StringComparer.Ordinal)];
        // Comparing two arrays takes both apart for each row; looking for a few names in one is cheaper.
        var within = inside.Length <= 4
            ? string.Join(" or ", inside.Select(region => $"{arguments.Add(region)} = any ({row}.regions_up)"))
            : $"{row}.regions_up && {arguments.Add(inside)}";
        var around = Regions.WithParents(caller.Regions).Except(caller.Regions, StringComparer.Ordinal).ToArray();
        var parents = around.Length == 0 ? "" : $" or {row}.regions && {arguments.Add(around)}";
        return $"({within}{parents} or {row}.regions_up = '{{}}')";
    }
}

/// <summary>A name under which cases are filed for those who may see them.</summary>
/// <param name="Exact">Whatever is filed there is in sight; otherwise it must pass <c>Sight.Sql</c> too.</param>
public sealed record SightScope(string Name, bool Exact);

/// <summary>Pieces of a query.</summary>
/// <param name="Audience">The number of the reader's audience on the row, null if none.</param>
/// <param name="Limit">The highest TLP the reader reads there.</param>
/// <param name="Named">Whether RED names the reader.</param>
/// <param name="Open">Whether the reader broke the glass.</param>
/// <param name="Visible">Whether the row exists for the reader.</param>
/// <param name="Inside">Whether the reader of a visible row is no partner with its receipt.</param>
public sealed record SightSql(string Audience, string Limit, string Named, string Open, string Visible, string Inside)
{
    /// <summary>
    /// The same reader, making something for an audience: of the streams of which they read that audience's texts, those texts up to its
    /// ceiling. Null means as themselves.
    /// </summary>
    public SightSql For(Audience? audience) => audience is { } made
        ? this with
        {
            Audience = made == Domain.Shared.Audience.Public ? $"{(int)made}" : $"case when {Audience} in ({(int)Domain.Shared.Audience.Core}, {(int)made}) then {(int)made} end",
            Limit = $"least({Limit}, {(int)Sight.Ceiling(made)})",
            // What one person broke the glass for is for that person.
            Open = made == Domain.Shared.Audience.Core ? Open : "false",
        }
        : this;
}

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
