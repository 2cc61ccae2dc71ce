using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>
/// Who gives which command on a partner (domain §9.6): the partner manager all of them, a duty lead what can not wait until the partner
/// manager is awake, the rules what a machine finds out.
/// </summary>
internal static class PartnerGivers
{
    public static readonly IReadOnlyList<Role> Managers = [Role.PartnerManager];

    /// <summary>Also at three in the night: suspending, and what a partner may be sent.</summary>
    public static readonly IReadOnlyList<Role> ManagersAndLeads = [Role.PartnerManager, Role.DutyLead];

    /// <summary>Managers, and the rules that see an endpoint answer or fail.</summary>
    public static readonly IReadOnlyList<Role> ManagersAndRules = [Role.PartnerManager, Role.System];

    public static CommandRule<Partner> Rule(string name, IReadOnlyList<Role> roles, params PartnerState[] from) =>
        new(name, roles, state => from.Contains(state.Stage));

    /// <summary>Legal from the proposal until it is offboarded.</summary>
    public static CommandRule<Partner> WhileOpen(string name, IReadOnlyList<Role> roles) => new(name, roles, state => state.Open);
}
