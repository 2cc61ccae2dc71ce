using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Intake;

/// <summary>expect-heartbeat, check-heartbeat, mark-heard.</summary>
public class HeartbeatTests
{
    private static readonly TimeSpan _every = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _due = _every + SourceDeadlines.Grace;

    [Fact]
    public void A_promise_sets_the_first_time()
    {
        var expected = Expected();
        expected.State.Deadlines.ShouldBe([new Deadline("HeartbeatDue", "", 1, SourceCase.Start + _due)]);
        expected.Told().Headline.ShouldBe("To be heard of every 5 min");
        expected.When(new CheckHeartbeat(1), Caller.System).ShouldBeRefusedBy("deadline-current");
        expected.When(new ExpectHeartbeat(null)).ShouldBeAccepted().State.Deadlines.ShouldBeEmpty();
        expected.When(new ExpectHeartbeat(null)).ShouldBeRefusedBy("change-given");
    }

    [Fact]
    public void A_promise_has_its_bounds()
    {
        foreach (var every in new[] { TimeSpan.FromSeconds(59), TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1) })
        {
            SourceCase.Registered().When(new ExpectHeartbeat(every)).ShouldBeRefusedBy("heartbeat-range");
        }

        Expected().When(new ExpectHeartbeat(_every)).ShouldBeRefusedBy("change-given");
        SourceCase.Registered().When(new ExpectHeartbeat(_every), SourceCase.Lead).ShouldBeRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public void Heard_of_in_time_it_has_a_new_time()
    {
        var heard = Expected().Heard(SourceCase.Start.AddMinutes(4)).After(_due).When(new CheckHeartbeat(1), Caller.System).ShouldBeAccepted();
        heard.Recorded<SourceHeard>().At.ShouldBe(SourceCase.Start.AddMinutes(4));
        heard.ToldAt(^1).ShouldBeNull();
        heard.State.Deadlines.ShouldBe([new Deadline("HeartbeatDue", "", 2, SourceCase.Start.AddMinutes(4) + _due)]);
        heard.When(new CheckHeartbeat(1), Caller.System).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void Not_heard_of_it_falls_silent_once_and_is_owed_until_it_is_heard_of_again()
    {
        var silent = Expected().Heard(SourceCase.Start.AddSeconds(2)).After(_due + TimeSpan.FromSeconds(2)).When(new CheckHeartbeat(1), Caller.System).ShouldBeAccepted();
        silent.State.SilentSince.ShouldBe(SourceCase.Start.AddSeconds(2));
        silent.Told().Headline.ShouldBe("OpenHash matches is silent since 2027-03-01 09:00:02Z");
        silent.Told().Others.Keys.ShouldBe([Audience.CrossFunctional, Audience.Executive], ignoreOrder: true);
        silent.State.Deadlines.ShouldHaveSingleItem().Missed.ShouldBeTrue();
        silent.When(new CheckHeartbeat(1), Caller.System).ShouldBeRefusedBy("deadline-current");
        silent.When(new MarkHeard(SourceCase.Start), Caller.System).ShouldBeRefusedBy("source-silent");
        silent.When(new MarkHeard(SourceCase.Start.AddHours(1)), Caller.System).ShouldBeAccepted();
        (silent.State.SilentSince, silent.Told().Headline, silent.Told().Body).ShouldBe((null, "OpenHash matches is heard of again", "silent since 2027-03-01 09:00:02Z"));
        silent.State.Deadlines.ShouldBe([new Deadline("HeartbeatDue", "", 2, SourceCase.Start.AddHours(1) + _due)]);
        silent.When(new MarkHeard(SourceCase.Start.AddHours(2)), Caller.System).ShouldBeRefusedBy("source-silent");
    }

    [Fact]
    public void Nothing_is_expected_of_a_suspended_source_and_anew_of_a_resumed_one()
    {
        var suspended = Expected().After(_due).When(new CheckHeartbeat(1), Caller.System).When(new SuspendSource("it floods")).ShouldBeAccepted();
        suspended.State.SilentSince.ShouldBeNull();
        suspended.State.Deadlines.ShouldBeEmpty();
        suspended.After(TimeSpan.FromDays(1)).When(new CheckHeartbeat(1), Caller.System).ShouldBeRefusedBy("deadline-current");
        suspended.When(new ResumeSource()).ShouldBeAccepted().State.Deadlines.ShouldBe([new Deadline("HeartbeatDue", "", 2, suspended.Now + _due)]);
    }

    private static SourceCase Expected() => SourceCase.Registered().When(new ExpectHeartbeat(_every)).ShouldBeAccepted();
}
