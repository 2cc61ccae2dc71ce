using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;
using Shouldly;

namespace CrisisOps.Domain.Tests.Subscriptions;

/// <summary>Confirmed, changed, paused and resumed, disabled, ended.</summary>
public class SubscriptionLifeTests
{
    [Fact]
    public void Only_its_subscriber_confirms_it()
    {
        SubscriptionCase.Pending().When(new ConfirmSubscription(), SubscriptionCase.Manager).ShouldBeRefusedBy("own-subscription").ShouldBeRefused(RefusalKind.Forbidden);
        SubscriptionCase.Pending().When(new ConfirmSubscription(), SubscriptionCase.Stranger).ShouldBeRefusedBy("own-subscription");
        SubscriptionCase.PendingOfPartner().When(new ConfirmSubscription(), SubscriptionCase.Stranger).ShouldBeRefusedBy("own-subscription");
        SubscriptionCase.PendingOfPartner().When(new ConfirmSubscription(), SubscriptionCase.Own).ShouldBeRefusedBy("own-subscription");
        SubscriptionCase.Active().When(new ConfirmSubscription()).ShouldBeRefused(RefusalKind.IllegalTransition);

        var own = SubscriptionCase.Pending().After(TimeSpan.FromHours(1)).When(new ConfirmSubscription(), SubscriptionCase.Own).ShouldBeAccepted();
        (own.State.Stage, own.State.ConfirmedAt, own.Recorded<SubscriptionConfirmed>().How).ShouldBe((SubscriptionState.Active, SubscriptionCase.Start.AddHours(1), "by the subscriber"));
        SubscriptionCase.PendingOfPartner().When(new ConfirmSubscription(), SubscriptionCase.Ally).ShouldBeAccepted().State.Stage.ShouldBe(SubscriptionState.Active);
        SubscriptionCase.Pending().When(new ConfirmSubscription(), Caller.System).ShouldBeAccepted().Told().Body.ShouldBe("with the link that was sent there");
    }

    [Fact]
    public void What_is_absent_in_a_change_stays_as_it_is()
    {
        var before = SubscriptionCase.Active().State;
        var changed = SubscriptionCase.Active().When(new ChangeSubscription(Cadence: Cadence.Daily, AckRequired: true)).ShouldBeAccepted();
        (changed.State.Cadence, changed.State.AckRequired, changed.State.QuietHours, changed.State.MaxTlp, changed.State.Stage).ShouldBe((Cadence.Daily, true, before.QuietHours, Tlp.AMBER, SubscriptionState.Active));
        changed.State.Scope.Streams.ShouldBe(["CR"]);
        changed.Told().Headline.ShouldBe("Changed: cadence, acknowledgement");

        changed.When(new ChangeSubscription(NoQuietHours: true, Channels: [])).ShouldBeAccepted();
        (changed.State.QuietHours, changed.State.Channels.IsEmpty, changed.State.Cadence).ShouldBe((null, true, Cadence.Daily));
        changed.When(new ChangeSubscription(new SubscriptionScope(Streams: ["EL"]))).ShouldBeAccepted();
        (changed.State.Scope.Streams![0], changed.State.Scope.MinLevel).ShouldBe(("EL", null));
    }

    [Fact]
    public void A_change_makes_sense_and_is_made_by_who_may()
    {
        SubscriptionCase.Active().When(new ChangeSubscription()).ShouldBeRefusedBy("change-given");
        SubscriptionCase.Active().When(new ChangeSubscription(QuietHours: SubscriptionCase.Request.QuietHours, NoQuietHours: true)).ShouldBeRefusedBy("quiet-hours-either");
        SubscriptionCase.Active().When(new ChangeSubscription(Audience: Audience.Public)).ShouldBeRefusedBy("max-tlp");
        SubscriptionCase.Active().When(new ChangeSubscription(Audience: Audience.Public, MaxTlp: Tlp.CLEAR)).ShouldBeAccepted().State.Audience.ShouldBe(Audience.Public);
        SubscriptionCase.Active().When(new ChangeSubscription(Channels: [Channel.Webhook])).ShouldBeRefusedBy("channel-fit");
        SubscriptionCase.PendingOfPartner().When(new ChangeSubscription(Audience: Audience.Core), SubscriptionCase.Manager).ShouldBeRefusedBy("partners-by-alert");
        SubscriptionCase.Active().When(new ChangeSubscription(Cadence: Cadence.Daily), SubscriptionCase.Other).ShouldBeRefusedBy("own-subscription");
        SubscriptionCase.Active().When(new ChangeSubscription(Cadence: Cadence.Daily), SubscriptionCase.Admin).ShouldBeAccepted();
        SubscriptionCase.Pending().When(new ChangeSubscription(Cadence: Cadence.Daily), SubscriptionCase.Manager).ShouldBeAccepted().State.Stage.ShouldBe(SubscriptionState.Pending);
        SubscriptionCase.Removed().When(new ChangeSubscription(Cadence: Cadence.Daily)).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void A_pause_ends_at_its_time_or_when_somebody_says_so()
    {
        var until = SubscriptionCase.Start.AddDays(7);
        var paused = SubscriptionCase.Paused(until);
        (paused.State.Stage, paused.State.PausedUntil, paused.State.Pauses, paused.Told().Headline, paused.Told().Body)
            .ShouldBe((SubscriptionState.Paused, until, 1, "Paused until 2027-05-22 12:00Z", "on leave"));
        paused.State.Deadlines.ShouldBe([new Deadline("SubscriptionPauseEnd", "", 1, until)]);
        (paused.State.TellsAt(until.AddTicks(-1)), paused.State.TellsAt(until)).ShouldBe((false, true));

        paused.When(new ResumeSubscription(Generation: 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        var resumed = paused.At(until).When(new ResumeSubscription(Generation: 1), Caller.System).ShouldBeAccepted();
        (resumed.State.Stage, resumed.State.PausedUntil, resumed.Told().Kind).ShouldBe((SubscriptionState.Active, null, EntryKind.Clock));
        resumed.State.Deadlines.ShouldBeEmpty();
        SubscriptionCase.Paused().State.Deadlines.ShouldBeEmpty();
        SubscriptionCase.Paused().State.TellsAt(until).ShouldBeFalse();
        SubscriptionCase.Paused().When(new ResumeSubscription("back")).ShouldBeAccepted().Told().Body.ShouldBe("back");
    }

    [Fact]
    public void Pausing_again_moves_the_end_and_the_older_timer_does_nothing()
    {
        var (first, second) = (SubscriptionCase.Start.AddDays(7), SubscriptionCase.Start.AddDays(9));
        var moved = SubscriptionCase.Paused(first).When(new PauseSubscription(second)).ShouldBeAccepted().At(first);
        moved.State.Deadlines.ShouldBe([new Deadline("SubscriptionPauseEnd", "", 2, second)]);
        moved.When(new ResumeSubscription(Generation: 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        moved.When(new ResumeSubscription(Generation: 2), Caller.System).ShouldBeRefusedBy("deadline-current");
        moved.At(second).When(new ResumeSubscription(Generation: 2), Caller.System).ShouldBeAccepted();
        SubscriptionCase.Paused().When(new ResumeSubscription(), Caller.System).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void A_pause_lies_ahead_and_within_a_year()
    {
        SubscriptionCase.Active().When(new PauseSubscription(SubscriptionCase.Start)).ShouldBeRefusedBy("pause-ahead");
        SubscriptionCase.Active().When(new PauseSubscription(SubscriptionCase.Start.AddDays(367))).ShouldBeRefusedBy("pause-ahead");
        SubscriptionCase.Active().When(new PauseSubscription(SubscriptionCase.Start.AddDays(366))).ShouldBeAccepted();
        SubscriptionCase.Active().When(new PauseSubscription(), SubscriptionCase.Other).ShouldBeRefusedBy("own-subscription");
        SubscriptionCase.Active().When(new PauseSubscription(), SubscriptionCase.Stranger).ShouldBeRefusedBy("own-subscription");
        SubscriptionCase.Active().When(new PauseSubscription(), SubscriptionCase.Manager).ShouldBeAccepted();
        SubscriptionCase.Paused().When(new ResumeSubscription(), SubscriptionCase.Other).ShouldBeRefusedBy("own-subscription");
        SubscriptionCase.Pending().When(new PauseSubscription(), SubscriptionCase.Own).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void What_was_disabled_only_a_manager_takes_up_again()
    {
        SubscriptionCase.Active().When(new DisableSubscription(" "), SubscriptionCase.Manager).ShouldBeRefusedBy("reason-given");
        SubscriptionCase.Active().When(new DisableSubscription("why"), SubscriptionCase.Own).ShouldBeRefused(RefusalKind.Forbidden);
        SubscriptionCase.Active().When(new DisableSubscription("nothing arrives"), Caller.System).ShouldBeAccepted().State.DisabledReason.ShouldBe("nothing arrives");
        SubscriptionCase.Paused(SubscriptionCase.Start.AddDays(1)).When(new DisableSubscription("nothing arrives"), SubscriptionCase.Manager).ShouldBeAccepted().State.Deadlines.ShouldBeEmpty();
        SubscriptionCase.Disabled().State.TellsAt(SubscriptionCase.Start).ShouldBeFalse();
        SubscriptionCase.Disabled().When(new ResumeSubscription()).ShouldBeRefusedBy("enabled-by-manager").ShouldBeRefused(RefusalKind.Forbidden);
        SubscriptionCase.Disabled().When(new ResumeSubscription(Generation: 0), Caller.System).ShouldBeRefusedBy("deadline-current");
        var resumed = SubscriptionCase.Disabled().When(new ResumeSubscription("the address works again"), SubscriptionCase.Admin).ShouldBeAccepted();
        (resumed.State.Stage, resumed.State.DisabledReason).ShouldBe((SubscriptionState.Active, null));
    }

    [Fact]
    public void It_ends_from_anywhere_and_for_good()
    {
        SubscriptionCase.Active().When(new RemoveSubscription(), SubscriptionCase.Other).ShouldBeRefusedBy("own-subscription");
        SubscriptionCase.PendingOfPartner().When(new RemoveSubscription(), SubscriptionCase.Stranger).ShouldBeRefusedBy("own-subscription");
        SubscriptionCase.PendingOfPartner().When(new RemoveSubscription(), SubscriptionCase.Ally).ShouldBeAccepted();
        foreach (var from in new[] { SubscriptionCase.Pending(), SubscriptionCase.Active(), SubscriptionCase.Paused(SubscriptionCase.Start.AddDays(1)), SubscriptionCase.Disabled() })
        {
            var ended = from.When(new RemoveSubscription("enough"), Caller.System).ShouldBeAccepted();
            (ended.State.Stage, ended.State.Open, ended.State.EndedAt, ended.State.PausedUntil, ended.Told().Body).ShouldBe((SubscriptionState.Removed, false, SubscriptionCase.Start, null, "enough"));
            ended.State.Deadlines.ShouldBeEmpty();
            ended.When(new RemoveSubscription(), SubscriptionCase.Manager).ShouldBeRefused(RefusalKind.IllegalTransition);
            ended.When(new ResumeSubscription(), SubscriptionCase.Manager).ShouldBeRefused(RefusalKind.IllegalTransition);
        }
    }

    [Fact]
    public void No_text_that_stays_tells_an_address()
    {
        SubscriptionCase.Active().When(new PauseSubscription(Reason: "ring me at +43 1 5550100")).ShouldBeRefusedBy("address-untold");
        SubscriptionCase.Paused().When(new ResumeSubscription("now at jane@crisisops.example")).ShouldBeRefusedBy("address-untold");
        SubscriptionCase.Active().When(new RemoveSubscription("see https://crisisops.example")).ShouldBeRefusedBy("address-untold");
        SubscriptionCase.Active().When(new DisableSubscription("jane@crisisops.example bounces"), SubscriptionCase.Manager).ShouldBeRefusedBy("address-untold");
    }

    [Fact]
    public void A_partner_reads_where_its_own_stands_and_no_reason_of_ours()
    {
        var own = SubscriptionCase.PendingOfPartner();
        own.Told().Others[Audience.Partner].Headline.ShouldBe("Requested");
        var disabled = own.When(new ConfirmSubscription(), SubscriptionCase.Ally).When(new DisableSubscription("we doubt them"), SubscriptionCase.Manager).ShouldBeAccepted().Told();
        disabled.Others[Audience.Partner].ShouldBe(new AudienceText("Disabled", null));
        disabled.Others.Keys.ShouldBe([Audience.CrossFunctional, Audience.Partner], ignoreOrder: true);
    }
}
