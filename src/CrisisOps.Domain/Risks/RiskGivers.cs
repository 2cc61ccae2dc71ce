using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>Who gives which command on a signal (domain §9.6): specialists and duty leads; executives and analysts read.</summary>
internal static class RiskGivers
{
    public static readonly IReadOnlyList<Role> Specialists = [Role.Specialist, Role.DutyLead];

    /// <summary>A duty lead by hand, the rule of the second signal otherwise.</summary>
    public static readonly IReadOnlyList<Role> LeadsAndRules = [Role.DutyLead, Role.System];

    public static readonly IReadOnlyList<Role> Rules = [Role.System];

    /// <summary>Legal in every open state: nobody has to assess first what they are sure of at 03:00.</summary>
    public static CommandRule<RiskSignal> WhileOpen(string name, IReadOnlyList<Role> roles) => new(name, roles, state => state.Open);

    public static CommandRule<RiskSignal> Opening(string name, IReadOnlyList<Role> roles) => new(name, roles, state => state.Stage == RiskState.None) { Opens = true };
}
