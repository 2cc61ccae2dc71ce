using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;
using Shouldly;

namespace CrisisOps.Domain.Tests.Subscriptions;

/// <summary>Who asks for whom, and what can be asked for.</summary>
public class RequestSubscriptionTests
{
    [Fact]
    public void What_you_ask_for_yourself_is_in_force_at_once()
    {
        var asked = SubscriptionCase.Active();
        (asked.State.Stage, asked.State.Subscriber, asked.State.Person, asked.State.Slot, asked.State.MaxTlp, asked.State.RequestedBy, asked.State.Open)
            .ShouldBe((SubscriptionState.Active, "CNT-000001", "spec-04", 1, Tlp.AMBER, "spec-04", true));
        (asked.State.RequestedAt, asked.State.ConfirmedAt, asked.State.Tlp).ShouldBe((SubscriptionCase.Start, SubscriptionCase.Start, Tlp.AMBER));
        asked.State.Channels.ShouldBe([Channel.Email, Channel.Inbox]);
        asked.State.TellsAt(SubscriptionCase.Start).ShouldBeTrue();
        (asked.ToldAt(0)!.Headline, asked.ToldAt(0)!.Body)
            .ShouldBe(("Requested for CNT-000001", "as CrossFunctional, up to TLP:AMBER, Immediate, by Email, Inbox, quiet 22:00 to 07:00 Europe/Vienna but for SEV1"));
        asked.Told().Headline.ShouldBe("Confirmed");
    }

    [Fact]
    public void For_somebody_else_a_manager_asks_and_they_confirm()
    {
        new SubscriptionCase().When(SubscriptionCase.Request, SubscriptionCase.Other).ShouldBeRefusedBy("own-subscription").ShouldBeRefused(RefusalKind.Forbidden);
        new SubscriptionCase().When(SubscriptionCase.ForPartner, SubscriptionCase.Own).ShouldBeRefusedBy("own-subscription");
        new SubscriptionCase().When(SubscriptionCase.Request with { Subscriber = SubscriptionCase.Gone }, SubscriptionCase.Other).ShouldBeRefusedBy("own-subscription");
        new SubscriptionCase().When(SubscriptionCase.Request with { Subscriber = SubscriptionCase.Gone }, SubscriptionCase.Own).ShouldBeRefusedBy("subscriber-open");
        new SubscriptionCase().When(SubscriptionCase.ForPartner, SubscriptionCase.Ally).ShouldBeRefused(RefusalKind.Forbidden);
        (SubscriptionCase.Pending().State.Stage, SubscriptionCase.Pending().State.Person).ShouldBe((SubscriptionState.Pending, "spec-04"));
        SubscriptionCase.Pending().State.TellsAt(SubscriptionCase.Start).ShouldBeFalse();
        (SubscriptionCase.PendingOfPartner().State.Stage, SubscriptionCase.PendingOfPartner().State.MaxTlp, SubscriptionCase.PendingOfPartner().State.Person).ShouldBe((SubscriptionState.Pending, Tlp.CLEAR, null));
    }

    [Fact]
    public void A_team_is_spoken_for_by_a_manager()
    {
        var team = SubscriptionCase.Request with { Subscriber = SubscriptionCase.Team };
        new SubscriptionCase().When(team, SubscriptionCase.Own).ShouldBeRefusedBy("own-subscription");
        new SubscriptionCase().When(team, SubscriptionCase.Manager).ShouldBeAccepted().State.Stage.ShouldBe(SubscriptionState.Active);
        new SubscriptionCase().When(team, SubscriptionCase.Admin).ShouldBeAccepted().State.Person.ShouldBeNull();
    }

    [Theory]
    [InlineData(SubscriptionCase.Requester, "subscriber-kind")]
    [InlineData(SubscriptionCase.Gone, "subscriber-open")]
    [InlineData(SubscriptionCase.Suspended, "partner-active")]
    [InlineData("CNT-999999", "subscriber-known")]
    [InlineData("ESC-2027-000101", "subscriber-known")]
    [InlineData("", "subscriber-known")]
    public void Nobody_is_subscribed_who_can_not_be_told(string subscriber, string guard) =>
        new SubscriptionCase().When(SubscriptionCase.Request with { Subscriber = subscriber }, SubscriptionCase.Manager).ShouldBeRefusedBy(guard);

    [Fact]
    public void A_partner_subscribes_to_what_is_public_and_nobody_here_reads_as_a_partner()
    {
        foreach (var audience in Enum.GetValues<Audience>().Where(a => a != Audience.Public))
        {
            new SubscriptionCase().When(SubscriptionCase.ForPartner with { Audience = audience }, SubscriptionCase.Manager).ShouldBeRefusedBy("partners-by-alert");
        }

        Refused(r => r with { Audience = Audience.Partner }, "audience-of-contact");
    }

    [Theory]
    [InlineData(Audience.Core, Tlp.AMBER, Tlp.RED)]
    [InlineData(Audience.CrossFunctional, Tlp.AMBER, Tlp.AmberStrict)]
    [InlineData(Audience.Executive, Tlp.AMBER, Tlp.AmberStrict)]
    [InlineData(Audience.Public, Tlp.CLEAR, Tlp.CLEAR)]
    public void The_most_secret_text_ends_where_the_audience_ends(Audience audience, Tlp usual, Tlp most)
    {
        SubscriptionCase.Active(r => r with { Audience = audience }).State.MaxTlp.ShouldBe(usual);
        foreach (var tlp in Enum.GetValues<Tlp>())
        {
            var asked = new SubscriptionCase().When(SubscriptionCase.Request with { Audience = audience, MaxTlp = tlp });
            _ = tlp <= most ? asked.ShouldBeAccepted() : asked.ShouldBeRefusedBy("max-tlp");
        }
    }

    [Theory]
    [InlineData(Channel.Phone, false, false)]
    [InlineData(Channel.InPerson, false, false)]
    [InlineData(Channel.Api, false, false)]
    [InlineData(Channel.Platform, false, false)]
    [InlineData(Channel.Other, false, false)]
    [InlineData(Channel.Inbox, true, false)]
    [InlineData(Channel.Webhook, false, true)]
    [InlineData(Channel.Email, true, true)]
    [InlineData(Channel.Chat, true, true)]
    public void A_channel_fits_its_subscriber(Channel channel, bool contact, bool partner)
    {
        var asked = new SubscriptionCase().When(SubscriptionCase.Request with { Channels = [channel] });
        _ = contact ? asked.ShouldBeAccepted() : asked.ShouldBeRefusedBy("channel-fit");
        var outside = new SubscriptionCase().When(SubscriptionCase.ForPartner with { Channels = [channel] }, SubscriptionCase.Manager);
        _ = partner ? outside.ShouldBeAccepted() : outside.ShouldBeRefusedBy("channel-fit");
    }

    [Fact]
    public void Channels_quiet_hours_and_scope_make_sense()
    {
        Refused(r => r with { Channels = [Channel.Email, Channel.Email] }, "channel-once");
        Refused(r => r with { QuietHours = new QuietHours("CET", new TimeOnly(22, 0), new TimeOnly(7, 0)) }, "zone-known");
        Refused(r => r with { QuietHours = new QuietHours("Europe/Atlantis", new TimeOnly(22, 0), new TimeOnly(7, 0)) }, "zone-known");
        Refused(r => r with { QuietHours = new QuietHours("UTC", new TimeOnly(7, 0), new TimeOnly(7, 0)) }, "quiet-hours-end");
        Refused(r => r with { Scope = new SubscriptionScope(Streams: ["CR", "PRT-001"]) }, "scope-streams");
        Refused(r => r with { Scope = new SubscriptionScope(Streams: ["crises"]) }, "scope-streams");
        Refused(r => r with { Scope = new SubscriptionScope(Elections: ["CR-2027-0007"]) }, "scope-elections");
        SubscriptionCase.Active(r => r with { Scope = new SubscriptionScope(Streams: ["ESC-2027-000101", "CR", "EL"], Elections: ["EL-XN-2027-01"]), Channels = [], QuietHours = null }).State.Channels.ShouldBeEmpty();
    }

    [Fact]
    public void A_subscriber_has_fifty_places_and_takes_the_first_that_is_free()
    {
        SubscriptionCase.Request.Facts(Subscription.None).Select(f => f.Id).ShouldBe(SubscriptionSlots.Of("CNT-000001"));
        SubscriptionSlots.Of("CNT-000001").Count().ShouldBe(50);
        Held(1, 2, 4).When(SubscriptionCase.Request).ShouldBeAccepted().State.Slot.ShouldBe(3);
        Held([.. Enumerable.Range(1, 49)]).When(SubscriptionCase.Request).ShouldBeAccepted().State.Slot.ShouldBe(50);
        Held([.. Enumerable.Range(1, 50)]).When(SubscriptionCase.Request).ShouldBeRefusedBy("subscription-limit");
    }

    private static SubscriptionCase Held(params int[] slots) => new SubscriptionCase().Knowing(c => c with
    {
        Facts = c.Facts.SetItems(slots.Select(slot => KeyValuePair.Create($"subscription-of/CNT-000001/{slot}", $"SUB-1000{slot}"))),
    });

    private static void Refused(Func<RequestSubscription, RequestSubscription> with, string guard) => new SubscriptionCase().When(with(SubscriptionCase.Request)).ShouldBeRefusedBy(guard);
}
