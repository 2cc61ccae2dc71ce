using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class ProvideInputTests
{
    private static readonly ProvideInput _answer = new("CON-1", "No objection.");
    private static readonly Caller _lawyer = Case.LegalCounsel with { Functions = new HashSet<Function> { Function.Legal } };

    private static Case AskedLegal() => Case.Assigned().When(new RequestInput("May this stay up?", Case.Start.AddHours(1), Function.Legal)).ShouldBeAccepted();

    private static Case AskedRequester(int questions = 1)
    {
        var asked = Case.Raised(r => r with { Requester = new Requester("PRT-001") })
            .When(new Triage(Severity.SEV1, PolicyArea.DangerousOrgsAndIndividuals, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted();
        for (var n = 0; n < questions; n++)
        {
            asked.When(new RequestInput("When was this filmed?", Case.Start.AddHours(1), FromRequester: true)).ShouldBeAccepted();
        }

        return asked;
    }

    [Fact]
    public void Somebody_of_the_function_answers()
    {
        var answered = AskedLegal().When(_answer, _lawyer).ShouldBeAccepted();

        answered.Recorded<InputReceived>().Function.ShouldBe(Function.Legal);
        answered.State.OpenConsults.ShouldBeEmpty();
        answered.DeadlineKinds.ShouldNotContain("ConsultDue");
    }

    [Fact]
    public void Somebody_on_duty_for_the_function_answers() =>
        AskedLegal().Knowing(c => c with { OnDutyFor = [Function.Legal] }).When(_answer, Case.PolicyExpert).ShouldBeAccepted();

    [Fact]
    public void Nobody_else_answers_for_a_function()
    {
        AskedLegal().When(_answer).ShouldBeRefusedBy("question-put-to-caller");
        AskedLegal().When(_answer, Case.Communications).ShouldBeRefusedBy("question-put-to-caller");
    }

    [Fact]
    public void The_partner_answers_what_it_was_asked_and_a_specialist_may_pass_an_answer_on()
    {
        AskedRequester().When(_answer, Case.Partner).ShouldBeAccepted();
        AskedRequester().When(_answer, Case.Specialist).ShouldBeAccepted();
        AskedRequester().When(_answer, Case.Partner with { Partner = "PRT-002" }).ShouldBeRefusedBy("question-put-to-caller");
        AskedRequester().When(_answer, Case.PolicyExpert).ShouldBeRefusedBy("question-put-to-caller");
        AskedLegal().When(_answer, Case.Partner).ShouldBeRefusedBy("question-put-to-caller");
    }

    [Fact]
    public void The_last_answer_of_the_requester_lets_the_clocks_run_again_later_by_the_time_they_stood()
    {
        var asked = AskedRequester(2);
        asked.After(TimeSpan.FromMinutes(10)).When(_answer).ShouldBeAccepted();
        asked.Clock(ClockKind.Resolve).PausedAt.ShouldNotBeNull();

        asked.After(TimeSpan.FromMinutes(5)).When(_answer with { ConsultId = "CON-2" }).ShouldBeAccepted();

        asked.Recorded<SlaClockResumed>().ClockIds.ShouldBe(["FIRST_RESPONSE", "UPDATE", "RESOLVE"]);
        asked.Clock(ClockKind.Resolve).DueAt.ShouldBe(Case.Start.AddHours(4).AddMinutes(15));
        asked.State.NextUpdateDue.ShouldBe(asked.Clock(ClockKind.Update).DueAt);
    }

    [Fact]
    public void A_question_is_answered_once() => AskedLegal().When(_answer, _lawyer).When(_answer, _lawyer).ShouldBeRefusedBy("consult-open");

    [Fact]
    public void A_late_answer_settles_what_was_missed()
    {
        var late = AskedRequester().After(TimeSpan.FromHours(1)).When(new ExpireInputRequest("CON-1"), Caller.System).ShouldBeAccepted();
        late.State.Deadlines.ShouldContain(d => d.Kind == "ConsultDue" && d.Missed);

        late.After(TimeSpan.FromHours(1)).When(_answer, Case.Partner).ShouldBeAccepted();
        late.Recorded<InputReceived>();
        late.DeadlineKinds.ShouldNotContain("ConsultDue");
        late.Clock(ClockKind.Resolve).DueAt.ShouldBe(Case.Start.AddHours(5));
    }

    [Fact]
    public void An_unknown_question_is_not_answered() => AskedLegal().When(_answer with { ConsultId = null! }, _lawyer).ShouldBeRefusedBy("consult-open");

    [Fact]
    public void What_legal_and_the_requester_write_stays_with_core()
    {
        AskedLegal().When(_answer, _lawyer).Told()!.Others[Audience.CrossFunctional].Body.ShouldBeNull();
        var answered = AskedRequester().When(_answer);
        var (received, before, after, stamp) = answered.History.Single(h => h.Event is InputReceived);
        ((InputReceived)received).Tell(before, after, stamp).Others[Audience.CrossFunctional].Body.ShouldBeNull();
    }
}
