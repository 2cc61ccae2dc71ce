using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>
/// Who gives commands on contacts. A role alone does not say it: every colleague keeps their own contact, and some keep those of others
/// (<see cref="OwnContactGuard"/>).
/// </summary>
internal static class ContactGivers
{
    /// <summary>Everybody who works here.</summary>
    public static readonly IReadOnlyList<Role> Colleagues =
    [
        Role.Specialist, Role.DutyLead, Role.PolicyExpert, Role.LegalCounsel, Role.Communications, Role.ElectionLead, Role.PartnerManager, Role.Executive, Role.Analyst, Role.Admin,
    ];

    /// <summary>Colleagues, and the rules that see somebody write to us, and an address answer or fail.</summary>
    public static readonly IReadOnlyList<Role> ColleaguesAndRules = [.. Colleagues, Role.System];

    /// <summary>What a team may read is no matter of the team itself.</summary>
    public static readonly IReadOnlyList<Role> StandingKeepers = [Role.PartnerManager, Role.Admin];

    public static CommandRule<Contact> Rule(string name, IReadOnlyList<Role> roles, params ContactState[] from) => new(name, roles, state => from.Contains(state.Stage));

    /// <summary>Legal until it is removed.</summary>
    public static CommandRule<Contact> WhileOpen(string name, IReadOnlyList<Role> roles) => new(name, roles, state => state.Open);
}
