using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Crises;

/// <summary>Telling that fails stands on the timeline.</summary>
public class TellingFailsTests
{
    private static readonly RecordPartnerUndelivered _gone = new(CrisisCase.Alert, "VideoHub Alliance", "gone");
    private static readonly MarkNotificationsDelayed _delayed = new(CrisisCase.Start.AddMinutes(4), 12, ["Email", "rules"]);

    [Fact]
    public void A_partner_that_was_not_reached_is_recorded_once_for_each_message()
    {
        var given = CrisisCase.Alerted().When(_gone, Caller.System).ShouldBeAccepted();

        given.State.Alerts[0].Undelivered.ShouldBe(["VideoHub Alliance"]);
        given.Told().Headline.ShouldBe($"VideoHub Alliance was not reached: gone ({CrisisCase.Alert})");
        given.Told().Others.Keys.ShouldBe([Audience.CrossFunctional]);
        given.When(_gone with { Why = "timeout" }, Caller.System).ShouldBeRefusedBy("undelivered-once");
        given.When(_gone with { Partner = "OpenHash Exchange" }, Caller.System).ShouldBeAccepted();
        given.When(_gone with { Partner = "Nobody Knows Them" }, Caller.System).ShouldBeRefusedBy("undelivered-once");
        given.When(_gone with { AlertId = "crisisops-CR-2027-0007.9" }, Caller.System).ShouldBeRefusedBy("undelivered-once");
    }

    [Fact]
    public void Whoever_acknowledged_was_reached_and_what_is_over_reaches_nobody()
    {
        CrisisCase.Alerted().When(new RecordPartnerAck(CrisisCase.Alert, "VideoHub Alliance", Channel.Phone, "duty officer"), CrisisCase.Liaison).ShouldBeAccepted()
            .When(_gone, Caller.System).ShouldBeRefusedBy("undelivered-once");
        CrisisCase.Alerted().When(new CancelAlert(CrisisCase.Alert), CrisisCase.Liaison).ShouldBeAccepted().When(_gone, Caller.System).ShouldBeRefusedBy("undelivered-once");
    }

    [Fact]
    public void A_partner_that_was_not_reached_can_still_acknowledge_and_is_still_overdue()
    {
        var given = CrisisCase.Alerted().When(_gone, Caller.System).After(TimeSpan.FromMinutes(20));
        given.When(new MarkPartnerAckOverdue(CrisisCase.Alert, "VideoHub Alliance"), Caller.System).ShouldBeAccepted();
        given.When(new RecordPartnerAck(CrisisCase.Alert, "VideoHub Alliance", Channel.Phone, "duty officer"), CrisisCase.Liaison).ShouldBeAccepted();
    }

    [Fact]
    public void A_delay_is_said_when_it_begins_and_when_it_is_over()
    {
        var given = CrisisCase.Commanded().After(TimeSpan.FromMinutes(7)).When(_delayed, Caller.System).ShouldBeAccepted();
        given.Told().Headline.ShouldBe("Notifications delayed since 14:07Z: 12 waiting (Email, rules)");
        given.Told().Others.Keys.ShouldBe([Audience.CrossFunctional]);
        given.When(_delayed with { Waiting = 40 }, Caller.System).ShouldBeRefusedBy("delay-new");

        given.After(TimeSpan.FromMinutes(21)).When(new MarkNotificationsResumed(), Caller.System).ShouldBeAccepted();

        given.Recorded<NotificationsResumed>().ShouldBe(new NotificationsResumed(CrisisCase.Start.AddMinutes(4), given.Now));
        given.Told().Headline.ShouldBe("Notifications go out again; they were delayed from 14:07Z to 14:31Z");
        given.When(new MarkNotificationsResumed(), Caller.System).ShouldBeRefusedBy("delay-open");
        given.When(_delayed with { Since = given.Now.AddMinutes(-3) }, Caller.System).ShouldBeAccepted();
    }

    [Fact]
    public void A_delay_is_of_a_live_crisis_and_of_something_that_waits()
    {
        var given = CrisisCase.Commanded().After(TimeSpan.FromMinutes(7));
        given.When(_delayed with { Waiting = 0 }, Caller.System).ShouldBeRefusedBy("delay-new");
        given.When(_delayed with { Channels = [] }, Caller.System).ShouldBeRefusedBy("delay-new");
        given.When(_delayed with { Since = given.Now.AddMinutes(1) }, Caller.System).ShouldBeRefusedBy("delay-new");
        CrisisCase.Proposed().After(TimeSpan.FromMinutes(7)).When(_delayed, Caller.System).ShouldBeRefusedBy("delay-new");
    }

    [Fact]
    public void A_delay_that_began_while_the_crisis_was_live_ends_whatever_became_of_it()
    {
        var given = CrisisCase.Commanded().After(TimeSpan.FromMinutes(7)).When(_delayed, Caller.System).When(new AnnulDeclaration("an old video"), CrisisCase.Commander);
        given.When(new MarkNotificationsResumed(), Caller.System).ShouldBeAccepted();
    }
}
