using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>Changes how secret a text the partner may be sent. Less by a partner manager too; more only by a duty lead, because what was sent is never taken back.</summary>
/// <param name="Clearance">CLEAR, GREEN or AMBER; AMBER+STRICT and RED stay inside.</param>
public sealed record ChangeClearance(Tlp Clearance, string Reason) : Command, IPartnerCommand<ChangeClearance>
{
    public static CommandRule<Partner> Rule { get; } = PartnerGivers.WhileOpen("change-clearance", PartnerGivers.ManagersAndLeads);

    public static Ruling Decide(ChangeClearance command, Partner state, DecisionContext context)
    {
        if (command.Clearance > Shared.Tlp.AMBER)
        {
            return Ruling.Refuse("clearance-limit", $"A partner is cleared for AMBER at most; TLP:{TlpNames.Of(command.Clearance)} is not sent to anybody outside.");
        }

        if (command.Clearance == state.TlpClearance)
        {
            return Ruling.Refuse("clearance-new", $"It is cleared for TLP:{TlpNames.Of(state.TlpClearance)} already.");
        }

        if (string.IsNullOrWhiteSpace(command.Reason))
        {
            return Ruling.Refuse("reason-given", "Say in reason why its clearance changes.");
        }

        return command.Clearance > state.TlpClearance && !context.Caller.Is(Role.DutyLead)
            ? new Ruling.Refused(new Refusal(RefusalKind.Forbidden, "clearance-raised-by-lead", "A duty lead raises the clearance of a partner; you may lower it.") { Roles = [Role.DutyLead] })
            : Ruling.Accept(new PartnerClearanceChanged(command.Clearance, command.Reason));
    }

    public static IEnumerable<ChangeClearance> Samples(Partner state, DecisionContext context) =>
        new[] { Shared.Tlp.AMBER, Shared.Tlp.GREEN, Shared.Tlp.CLEAR }.Where(tlp => tlp != state.TlpClearance)
            .Select(tlp => new ChangeClearance(tlp, tlp > state.TlpClearance ? "It protects what it gets as the agreement says." : "It passed on what it was sent."));
}

public sealed record PartnerClearanceChanged(Tlp Clearance, string Reason) : IPartnerEvent
{
    public Partner Apply(Partner state, Stamp stamp) => state with { TlpClearance = Clearance };

    public Entry Say(Partner before, Partner after, Stamp stamp) =>
        new Entry(EntryKind.Decision, $"Cleared for TLP:{TlpNames.Of(Clearance)}, before TLP:{TlpNames.Of(before.TlpClearance)}", Reason).ToCrossFunctional();
}
