using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>Cases that are further along than <see cref="Case"/> brings them.</summary>
internal static class Investigations
{
    public static readonly ProposeDecision Removal = new(
        Verdict.Violation, "Community Rules s.3", "Perpetrator-produced video.", [EnforcementAction.RemoveContent, EnforcementAction.TerminateAccount],
        HumanRightsNote: "Necessary and proportionate.", EvidenceRefs: ["EVD-1"]);

    /// <summary>Under investigation, without findings or evidence; spec-04 owns it and has acknowledged the updates of its area.</summary>
    public static Case Started(Severity severity = Severity.SEV1, PolicyArea area = PolicyArea.DangerousOrgsAndIndividuals, params Flag[] flags) =>
        Case.Assigned(severity, area, flags).Knowing(Case.Facts("spec-04", area)).When(new StartInvestigation()).ShouldBeAccepted();

    /// <summary>The same for another raise, for example an order.</summary>
    public static Case Of(Func<RaiseEscalation, RaiseEscalation> raise, Severity severity = Severity.SEV1, PolicyArea area = PolicyArea.DangerousOrgsAndIndividuals) =>
        Case.Raised(raise)
            .When(new Triage(severity, area, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted()
            .When(new Assign("spec-04", "I take it")).ShouldBeAccepted()
            .Knowing(Case.Facts("spec-04", area)).When(new StartInvestigation()).ShouldBeAccepted();

    public static Case Proposed(Severity severity = Severity.SEV1, PolicyArea area = PolicyArea.DangerousOrgsAndIndividuals, params Flag[] flags) =>
        Started(severity, area, flags).When(Removal).ShouldBeAccepted();

    public static Case Decided() => Proposed().When(new ApproveDecision(), Case.DutyLead).ShouldBeAccepted();

    /// <summary>An order under the EU regulation on terrorist content, with its clock of one hour.</summary>
    public static RaiseEscalation Order(RaiseEscalation raise) =>
        raise with { Source = Source.GovernmentOrder, LegalBasis = "EU-TCO-Art3", EvidenceRefs = ["EVD-4"], Requester = new Requester(ContactRef: "CNT-4") };
}
