using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Escalations;

namespace CrisisOps.Server.Intake;

/// <summary>Which alerts a reader may read, as SQL over rows of <c>crisis.alerts</c>. Whose reports they are is for Core (domain §4).</summary>
internal static class AlertSight
{
    public static readonly Role[] ReadersOfKept = [Role.Specialist, Role.DutyLead];

    /// <summary>Of those behind a case that the reader reads as Core: an alert can be more secret than its case.</summary>
    public static string Behind(string row, Escalation state, Caller caller, SqlArguments arguments) =>
        EscalationSight.Of(state).Glass.Contains(caller.Id) ? "true" : $"{row}.tlp <= {arguments.Add((short)Sight.Limit(Audience.Core, caller))}";

    /// <summary>Of those that belong to no case.</summary>
    public static string Kept(string row, Caller caller, SqlArguments arguments)
    {
        if (!caller.IsAny(ReadersOfKept))
        {
            return "false";
        }

        var near = caller.Regions.Contains("*")
            ? ""
            : $" and (coalesce(cardinality({row}.regions), 0) = 0 or {row}.regions && {arguments.Add(Regions.WithParents(caller.Regions).ToArray())}"
                + $" or exists (select 1 from unnest({row}.regions) r, unnest({arguments.Add(caller.Regions.ToArray())}) m where r like m || '-%'))";
        return $"({row}.escalation is null and {row}.tlp <= {arguments.Add((short)caller.Clearance)}{near})";
    }

    /// <summary>Wherever they belong. Of cases that are RED none: who reads those is on record, and this is not.</summary>
    public static string Any(string row, Caller caller, SqlArguments arguments)
    {
        var sight = Sight.Sql("e", caller, arguments);
        return $"""
            case when {row}.escalation is null then {Kept(row, caller, arguments)}
                 else exists (select 1 from crisis.escalations e where e.key = {row}.escalation and {sight.Visible} and {sight.Audience} = {(int)Audience.Core} and e.tlp < {(int)Tlp.RED}
                                 and ({row}.tlp <= {arguments.Add((short)Sight.Limit(Audience.Core, caller))} or {sight.Open})) end
            """;
    }
}
