using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Who gives which kind of command on escalations (domain §9.6); everybody else is refused.</summary>
public static class Givers
{
    /// <summary>"Specialist: everything on escalations but what is named below."</summary>
    public static readonly IReadOnlyList<Role> Specialists = [Role.Specialist, Role.DutyLead];

    /// <summary>Specialists, and the server by its rules.</summary>
    public static readonly IReadOnlyList<Role> SpecialistsAndRules = [Role.Specialist, Role.DutyLead, Role.System];

    /// <summary>Rejecting, unmerging, and other second thoughts.</summary>
    public static readonly IReadOnlyList<Role> Leads = [Role.DutyLead];

    public static readonly IReadOnlyList<Role> Approvers = [Role.DutyLead, Role.PolicyExpert, Role.LegalCounsel];

    public static readonly IReadOnlyList<Role> Legal = [Role.LegalCounsel];

    /// <summary>Answers to requesters: specialists, and communications for press and public text.</summary>
    public static readonly IReadOnlyList<Role> Answerers = [Role.Specialist, Role.DutyLead, Role.Communications];

    /// <summary>Whoever may be asked a question may answer it; the guard checks that the question was put to them.</summary>
    public static readonly IReadOnlyList<Role> Consulted =
        [Role.Specialist, Role.DutyLead, Role.PolicyExpert, Role.LegalCounsel, Role.Communications, Role.ElectionLead, Role.PartnerManager, Role.Partner, Role.Executive, Role.Analyst];

    /// <summary>Reports come from people, partners and integrations.</summary>
    public static readonly IReadOnlyList<Role> Reporters = [Role.Specialist, Role.DutyLead, Role.Partner, Role.Integration];

    /// <summary>Reporters, and the rule that raises a case of a risk.</summary>
    public static readonly IReadOnlyList<Role> ReportersAndRules = [.. Reporters, Role.System];

    /// <summary>Timers and reactions.</summary>
    public static readonly IReadOnlyList<Role> Timers = [Role.System];

    /// <summary>A rule for the escalation stream, legal from the given stages.</summary>
    public static CommandRule<Escalation> Rule(string name, IReadOnlyList<Role> roles, params EscalationState[] from) =>
        new(name, roles, state => from.Contains(state.Stage));

    /// <summary>A rule for the escalation stream, legal once it was raised, whatever became of it.</summary>
    public static CommandRule<Escalation> OnceRaised(string name, IReadOnlyList<Role> roles) =>
        new(name, roles, state => state.Stage != EscalationState.None);

    /// <summary>A rule for the escalation stream, legal from every open stage and the given others.</summary>
    public static CommandRule<Escalation> WhileOpen(string name, IReadOnlyList<Role> roles, params EscalationState[] also) =>
        new(name, roles, state => state.Open || also.Contains(state.Stage));
}
