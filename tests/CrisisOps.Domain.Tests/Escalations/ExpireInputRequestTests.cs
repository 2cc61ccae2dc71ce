using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class ExpireInputRequestTests
{
    private static readonly ExpireInputRequest _expire = new("CON-1");

    private static Case Asked() => Case.Raised(r => r with { Requester = new Requester("PRT-001") })
        .When(new Triage(Severity.SEV1, PolicyArea.DangerousOrgsAndIndividuals, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted()
        .When(new RequestInput("When was this filmed?", Case.Start.AddHours(1), FromRequester: true)).ShouldBeAccepted();

    [Fact]
    public void An_unanswered_question_expires_and_the_clocks_run_again()
    {
        var expired = Asked().After(TimeSpan.FromHours(1)).When(_expire, Caller.System).ShouldBeAccepted();

        expired.Recorded<SlaClockResumed>().ClockIds.ShouldContain("RESOLVE");
        expired.Clock(ClockKind.Resolve).DueAt.ShouldBe(Case.Start.AddHours(5));
        expired.State.Consults.ShouldHaveSingleItem().State.ShouldBe(ConsultState.Expired);
        expired.State.OpenConsults.ShouldBeEmpty();
    }

    [Fact]
    public void It_does_not_expire_early() => Asked().When(_expire, Caller.System).ShouldBeRefusedBy("deadline-current");

    [Fact]
    public void An_answered_question_does_not_expire() =>
        Asked().When(new ProvideInput("CON-1", "At noon")).After(TimeSpan.FromHours(2)).When(_expire, Caller.System).ShouldBeRefusedBy("deadline-current");

    [Fact]
    public void Only_the_system_expires_it() => Asked().After(TimeSpan.FromHours(1)).When(_expire).ShouldBeRefused(RefusalKind.Forbidden);
}
