using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class RequestInputTests
{
    private static readonly DateTimeOffset _due = Case.Start.AddHours(1);
    private static readonly RequestInput _legal = new("May this stay up?", _due, Function.Legal, "XN");
    private static readonly RequestInput _requester = new("When was this filmed?", _due, FromRequester: true);

    private static Case Known() => Case.Raised(r => r with { Requester = new Requester("PRT-001") })
        .When(new Triage(Severity.SEV1, PolicyArea.DangerousOrgsAndIndividuals, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted();

    [Fact]
    public void Questions_are_parallel_items_with_ids_and_deadlines_from_any_open_state()
    {
        var asked = Case.Raised().When(_legal).ShouldBeAccepted().When(_legal with { Function = Function.HumanRights }).ShouldBeAccepted();

        asked.State.OpenConsults.Select(c => c.ConsultId).ShouldBe(["CON-1", "CON-2"]);
        asked.Deadlines.Select(d => (d.Kind, d.Ref, d.DueAt)).ShouldBe([("ConsultDue", "CON-1", _due), ("ConsultDue", "CON-2", _due)]);
        asked.State.State.ShouldBe(EscalationState.Received);
    }

    [Fact]
    public void A_question_to_a_function_pauses_no_clock() =>
        Known().When(_legal).ShouldBeAccepted().State.Clocks.ShouldNotContain(c => c.PausedAt != null);

    [Fact]
    public void A_question_to_the_requester_pauses_the_pausable_clocks_only()
    {
        var asked = Known().After(TimeSpan.FromMinutes(5)).When(_requester).ShouldBeAccepted();

        asked.Recorded<SlaClockPaused>().ClockIds.ShouldBe(["FIRST_RESPONSE", "UPDATE", "RESOLVE"]);
        asked.Clock(ClockKind.Resolve).PausedAt.ShouldBe(asked.Now);
        asked.State.Consults.ShouldHaveSingleItem().External.ShouldBeTrue();
    }

    [Fact]
    public void A_legal_clock_is_never_paused()
    {
        var asked = Case.Raised(r => r with { Requester = new Requester("PRT-001"), Source = Source.GovernmentOrder, LegalBasis = "EU-TCO-Art3", EvidenceRefs = ["EVD-4"] })
            .When(new Triage(Severity.SEV1, PolicyArea.DangerousOrgsAndIndividuals, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted()
            .When(_requester).ShouldBeAccepted();

        asked.Recorded<SlaClockPaused>().ClockIds.ShouldNotContain("TCO_REMOVAL_1H");
        asked.Clock(ClockKind.Legal).PausedAt.ShouldBeNull();
    }

    [Fact]
    public void A_second_question_to_the_requester_pauses_nothing_twice()
    {
        var asked = Known().When(_requester).When(_requester).ShouldBeAccepted();

        asked.Recorded<InputRequested>().ConsultId.ShouldBe("CON-2");
        asked.Clock(ClockKind.Resolve).Generation.ShouldBe(2);
    }

    [Fact]
    public void The_partner_reads_a_question_put_to_it_and_none_put_to_a_function()
    {
        var asked = Known().When(_requester);
        var question = asked.History.Single(h => h.Event is InputRequested);
        ((InputRequested)question.Event).Tell(question.Before, question.After, question.Stamp).Others[Audience.Partner].Body.ShouldBe(_requester.Question);

        Known().When(_legal).Told()!.Others.ShouldNotContainKey(Audience.Partner);
    }

    [Fact]
    public void Outside_core_nobody_reads_that_law_enforcement_outreach_was_asked()
    {
        var outreach = Case.OtherSpecialist with { Functions = new HashSet<Function> { Function.LawEnforcementOutreach } };
        var asked = Known().When(_legal with { Function = Function.LawEnforcementOutreach }).ShouldBeAccepted();
        asked.Told()!.Others.ShouldHaveSingleItem().Value.ShouldBe(new AudienceText("CON-1: asked a function, answer due 14:55Z", null));
        asked.When(new ProvideInput("CON-1", "The police have it."), outreach).ShouldBeAccepted()
            .Told()!.Others.ShouldHaveSingleItem().Value.ShouldBe(new AudienceText("CON-1: a function answered", null));
    }

    [Fact]
    public void A_question_to_nobody_or_to_two_is_refused()
    {
        Known().When(_legal with { Function = null }).ShouldBeRefusedBy("one-is-asked");
        Known().When(_legal with { FromRequester = true }).ShouldBeRefusedBy("one-is-asked");
    }

    [Fact]
    public void A_question_to_an_unknown_requester_is_refused() => Case.Triaged().When(_requester).ShouldBeRefusedBy("requester-known");

    [Fact]
    public void The_answer_is_due_ahead() => Known().When(_legal with { DueAt = Case.Start }).ShouldBeRefusedBy("due-ahead");
}
