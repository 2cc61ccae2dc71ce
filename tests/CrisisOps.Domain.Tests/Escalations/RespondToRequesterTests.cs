using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class RespondToRequesterTests
{
    private static readonly RespondToRequester _response = new("requester-outcome", DisclosureLevel.Outcome, "We removed it.");

    private static Case Known(Func<RaiseEscalation, RaiseEscalation>? with = null) =>
        Case.Raised(r => (with?.Invoke(r) ?? r) with { Requester = new Requester("PRT-001", "CNT-1") })
            .When(new Triage(Severity.SEV2, PolicyArea.DangerousOrgsAndIndividuals, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted();

    [Fact]
    public void An_answer_is_the_first_response_and_an_update()
    {
        var answered = Known().After(TimeSpan.FromMinutes(90)).When(_response).ShouldBeAccepted();

        answered.Clock(ClockKind.FirstResponse).MetAt.ShouldBe(answered.Now);
        answered.Clock(ClockKind.Update).DueAt.ShouldBe(answered.Now.AddHours(2));
        answered.State.NextUpdateDue.ShouldBe(answered.Now.AddHours(2));
        answered.State.RequesterAnsweredAt.ShouldBe(answered.Now);
        answered.State.State.ShouldBe(EscalationState.Triaged);
    }

    [Fact]
    public void The_first_response_is_met_once()
    {
        var first = Known().When(_response).ShouldBeAccepted();
        first.After(TimeSpan.FromHours(1)).When(_response).ShouldBeAccepted().Clock(ClockKind.FirstResponse).MetAt.ShouldBe(Case.Start);
    }

    [Fact]
    public void An_update_clock_that_stands_still_goes_on_standing_still()
    {
        var paused = Known().When(new RequestInput("When was this filmed?", Case.Start.AddHours(5), FromRequester: true))
            .After(TimeSpan.FromHours(1)).When(_response).ShouldBeAccepted();
        paused.Clock(ClockKind.Update).PausedAt.ShouldBe(paused.Now);

        paused.After(TimeSpan.FromHours(1)).When(new ProvideInput("CON-1", "at noon")).ShouldBeAccepted();
        paused.State.NextUpdateDue.ShouldBe(paused.Now.AddHours(2));
    }

    [Fact]
    public void A_refused_order_is_settled_by_telling_the_authority()
    {
        var refused = Investigations.Of(Investigations.Order)
            .When(Investigations.Removal with { Verdict = Verdict.RefuseToComply, Actions = [] }).ShouldBeAccepted()
            .When(new ApproveDecision(), Case.LegalCounsel).ShouldBeAccepted();
        refused.Clock(ClockKind.Legal).MetAt.ShouldBeNull();

        refused.When(_response).ShouldBeAccepted().Clock(ClockKind.Legal).MetAt.ShouldBe(refused.Now);
        refused.Told()!.Others[Audience.Partner].Headline.ShouldBe("Answer to your report: no action");
    }

    [Fact]
    public void An_unknown_or_other_requester_is_refused()
    {
        Case.Triaged().When(_response).ShouldBeRefusedBy("requester-known");
        Known().When(_response with { Requester = "PRT-002" }).ShouldBeRefusedBy("requester-known");
        Known().When(_response with { Requester = "PRT-001" }).ShouldBeAccepted();
        Known().When(_response with { Requester = "CNT-1" }).ShouldBeAccepted();
    }

    [Fact]
    public void Nobody_is_told_more_than_their_disclosure_level() =>
        Known().When(_response with { DisclosureLevel = DisclosureLevel.Full }).ShouldBeRefusedBy("disclosure-level");

    [Fact]
    public void Press_is_answered_by_communications_or_whoever_stands_in_for_them()
    {
        static RaiseEscalation Press(RaiseEscalation raise) => raise with { Source = Source.Press };
        Known(Press).When(_response).ShouldBeRefusedBy("press-needs-communications");
        Known(Press).When(_response, Case.Communications).ShouldBeAccepted();
        Known(Press).Knowing(c => c with { OnDutyFor = [Function.Comms] }).When(_response).ShouldBeAccepted();
    }

    [Fact]
    public void Communications_answers_press_only() =>
        Known().When(_response, Case.Communications).ShouldBeRefusedBy("communications-answer-press").ShouldBeRefused(RefusalKind.Forbidden);

    [Fact]
    public void Nobody_is_answered_before_triage() =>
        Case.Raised(r => r with { Requester = new Requester("PRT-001") }).When(_response).ShouldBeRefused(RefusalKind.IllegalTransition);

    [Fact]
    public void The_partner_reads_the_outcome_and_none_of_the_words()
    {
        var told = Known().When(_response).Told()!;

        told.Body.ShouldBe("We removed it.");
        told.Others[Audience.Partner].ShouldBe(new AudienceText("Answer to your report: under review", null));
        Known().When(_response with { DisclosureLevel = DisclosureLevel.ReceiptOnly }).Told()!.Others[Audience.Partner].Headline.ShouldBe("We have received your report");
    }
}
