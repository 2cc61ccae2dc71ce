using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Escalations;

/// <summary>What narrows the list of escalations: as SQL on their rows, and as a question to a state.</summary>
internal sealed class EscalationFilter
{
    public static readonly string[] Parameters = ["state", "severity", "owner", "unowned", "desk", "region", "policyArea", "source", "flag", "q"];

    private readonly List<Condition> _conditions = [];

    public EscalationFilter(Queries query, Caller caller)
    {
        if (query.Names<EscalationState>("state") is { } states)
        {
            Add(states, p => $"e.state = any ({p})", then => states.Contains(then.State.ToString()));
        }

        if (query.Names<Severity>("severity") is { } names)
        {
            var severities = Array.ConvertAll(names, name => (short)Enum.Parse<Severity>(name));
            Add(severities, p => $"e.severity = any ({p})", then => severities.Contains((short)then.EffectiveSeverity));
        }

        if (query.Text("owner") is { } owner)
        {
            Add(owner, p => $"{p} = any (e.owners)", then => EscalationSight.Of(then).Owners.Contains(owner));
        }

        if (query.Flag("unowned"))
        {
            Add(null, _ => "e.open and e.owner is null", then => then is { Open: true, Owner: null });
        }

        if (query.Names<Function>("desk") is { } named)
        {
            // Whether law enforcement has to do with a case is Core's to know (domain §4).
            string[] desks = caller.IsAny([Role.Specialist, Role.DutyLead]) ? named : [.. named.Except([nameof(Function.LawEnforcementOutreach)])];
            Add(desks, p => $"e.desk = any ({p})", then => then.Route is { } route && desks.Contains(route.Desk.ToString()));
        }

        if (query.Text("region") is { } region)
        {
            Add(region, p => $"{p} = any (e.regions_up)", then => Regions.WithParents(then.Regions).Contains(region));
        }

        if (query.Names<PolicyArea>("policyArea") is { } areas)
        {
            Add(areas, p => $"e.policy_area = any ({p})", then => areas.Contains(then.PolicyArea.ToString()));
        }

        if (query.Names<Source>("source") is { } sources)
        {
            Add(sources, p => $"e.source = any ({p})", null);
        }

        if (query.Names<Flag>("flag") is { } flags)
        {
            Add(flags, p => $"e.flags @> {p}", then => flags.All(flag => then.Flags.Contains(Enum.Parse<Flag>(flag))));
        }

        if (query.Text("q") is { } words)
        {
            Add(words, p => $"e.key in (select w.key from crisis.escalation_words w where w.words @@ plainto_tsquery('simple', {p}))", null);
        }
    }

    public bool Any => _conditions.Count > 0;

    /// <summary>What can change in the life of a case, on the row of now.</summary>
    public IEnumerable<string> Changing(SqlArguments arguments) => Sql(_conditions.Where(c => c.Fits is not null), arguments);

    /// <summary>What the raise says once and for all.</summary>
    public IEnumerable<string> Lasting(SqlArguments arguments) => Sql(_conditions.Where(c => c.Fits is null), arguments);

    /// <summary>Whether a state passes all that can change.</summary>
    public bool Fits(Escalation then) => _conditions.TrueForAll(c => c.Fits?.Invoke(then) ?? true);

    private static IEnumerable<string> Sql(IEnumerable<Condition> conditions, SqlArguments arguments) => conditions.Select(c => c.Sql(c.Value is null ? "" : arguments.Add(c.Value)));

    private void Add(object? value, Func<string, string> sql, Func<Escalation, bool>? fits) => _conditions.Add(new Condition(value, sql, fits));

    private sealed record Condition(object? Value, Func<string, string> Sql, Func<Escalation, bool>? Fits);
}
