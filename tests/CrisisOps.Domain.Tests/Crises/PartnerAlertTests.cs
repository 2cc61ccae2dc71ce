using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Crises;

public class PartnerAlertTests
{
    private static readonly IssueAlert _alert = new(["VideoHub Alliance"], "Live video", "Please match these hashes.");

    [Fact]
    public void An_alert_has_an_id_of_the_crisis_and_a_window_of_the_level()
    {
        var issued = CrisisCase.Alerted().Recorded<PartnerAlertIssued>();
        (issued.AlertId, issued.AckWindow, issued.AckDueAt, issued.Tlp, issued.Certainty).ShouldBe(
            (CrisisCase.Alert, TimeSpan.FromMinutes(20), CrisisCase.Start.AddMinutes(20), Tlp.AMBER, Certainty.Observed));
        CrisisCase.Alerted().Of(CrisisDeadlines.PartnerAckWindow).Select(d => (d.Ref, d.Owner)).ShouldBe(
            [($"{CrisisCase.Alert}/VideoHub Alliance", "lo-02"), ($"{CrisisCase.Alert}/OpenHash Exchange", "lo-02")]);
    }

    [Fact]
    public void A_partner_reads_nothing_of_the_others()
    {
        var text = CrisisCase.Alerted().Told().Others[Audience.Partner];
        $"{text.Headline} {text.Body}".ShouldBe("Live video Please match these hashes. Please acknowledge by 2027-05-15 14:23Z.");
    }

    [Fact]
    public void What_is_told_to_partners_has_bounds()
    {
        var given = CrisisCase.Commanded().When(new MaskTerm("Breivald"), CrisisCase.Commander);
        given.When(_alert with { Recipients = [" "] }, CrisisCase.Commander).ShouldBeRefusedBy("recipients-named");
        given.When(_alert with { Text = "" }, CrisisCase.Commander).ShouldBeRefusedBy("alert-text");
        given.When(_alert with { Text = "See https://example.org" }, CrisisCase.Commander).ShouldBeRefusedBy("no-links");
        given.When(_alert with { Text = "Remove what breivald wrote" }, CrisisCase.Commander).ShouldBeRefusedBy("masked-term");
        given.When(_alert with { Tlp = Tlp.AmberStrict }, CrisisCase.Commander).ShouldBeRefusedBy("alert-tlp");
        given.When(_alert with { Scope = AlertScope.Public }, CrisisCase.Commander).ShouldBeRefusedBy("alert-scope");
        given.When(_alert with { AckWindow = TimeSpan.Zero }, CrisisCase.Commander).ShouldBeRefusedBy("ack-window");
        given.When(_alert with { ExpiresAt = given.Now }, CrisisCase.Commander).ShouldBeRefusedBy("expiry-ahead");
    }

    [Fact]
    public void Every_message_references_all_before_it_and_other_alerts_are_apart()
    {
        var given = CrisisCase.Alerted().When(_alert, CrisisCase.Liaison);
        given.When(new UpdateAlert(CrisisCase.Alert, "17 hashes", "Please match."), CrisisCase.Liaison).ShouldBeAccepted();
        given.Recorded<PartnerAlertUpdated>().ShouldSatisfyAllConditions(u => u.AlertId.ShouldEndWith(".3"), u => u.References.ShouldBe([CrisisCase.Alert]), u => u.AckDueAt.ShouldBeNull());
        given.When(new CancelAlert("crisisops-CR-2027-0007.3"), CrisisCase.Liaison).ShouldBeAccepted();
        given.Recorded<PartnerAlertCancelled>().ShouldSatisfyAllConditions(
            c => c.References.ShouldBe([CrisisCase.Alert, "crisisops-CR-2027-0007.3"]), c => c.ResponseType.ShouldBe("AllClear"),
            c => c.Text.ShouldBe($"All clear: nothing more is asked of you for {CrisisCase.Alert}."));
        given.State.OpenAlerts.Select(a => a.AlertId).ShouldBe(["crisisops-CR-2027-0007.2"]);

        given.When(new UpdateAlert(CrisisCase.Alert, "more", "more"), CrisisCase.Liaison).ShouldBeRefusedBy("alert-open");
        given.When(new CancelAlert(CrisisCase.Alert), CrisisCase.Liaison).ShouldBeRefusedBy("alert-open");
        given.When(new CancelAlert("crisisops-CR-2027-0007.9"), CrisisCase.Liaison).ShouldBeRefusedBy("alert-open");
    }

    [Fact]
    public void An_acknowledgement_settles_the_window_of_that_partner()
    {
        var acknowledged = CrisisCase.Alerted().When(new RecordPartnerAck(CrisisCase.Alert, "OpenHash Exchange", Channel.Email, "duty officer"), CrisisCase.Liaison).ShouldBeAccepted();
        acknowledged.Of(CrisisDeadlines.PartnerAckWindow).ShouldHaveSingleItem().Ref.ShouldEndWith("VideoHub Alliance");
        acknowledged.Told().Others.ShouldNotContainKey(Audience.Partner);
        acknowledged.When(new RecordPartnerAck(CrisisCase.Alert, "OpenHash Exchange", Channel.Email, "x"), CrisisCase.Liaison).ShouldBeRefusedBy("acknowledged-once");
        acknowledged.When(new RecordPartnerAck(CrisisCase.Alert, "Somebody Else", Channel.Email, "x"), CrisisCase.Liaison).ShouldBeRefusedBy("alert-addressed");
        acknowledged.When(new RecordPartnerAck("x", "OpenHash Exchange", Channel.Email, "x"), CrisisCase.Liaison).ShouldBeRefusedBy("alert-addressed");
    }

    [Fact]
    public void Acknowledging_a_later_message_counts_for_the_earlier_ones()
    {
        var given = CrisisCase.Alerted().When(new UpdateAlert(CrisisCase.Alert, "17 hashes", "Please match.", TimeSpan.FromMinutes(60)), CrisisCase.Liaison);
        given.When(new RecordPartnerAck("crisisops-CR-2027-0007.2", "VideoHub Alliance", Channel.Phone, "x"), CrisisCase.Liaison).ShouldBeAccepted();
        given.State.Alerts.ShouldAllBe(a => a.Silent.Single() == "OpenHash Exchange");
    }

    [Fact]
    public void A_silent_partner_is_overdue_once()
    {
        var silent = CrisisCase.Alerted();
        var overdue = MarkPartnerAckOverdue.From($"{CrisisCase.Alert}/VideoHub Alliance");
        silent.When(overdue, Caller.System).ShouldBeRefusedBy("deadline-current");
        silent.After(TimeSpan.FromMinutes(20)).When(overdue, Caller.System).ShouldBeAccepted().Recorded<PartnerAckOverdue>().FallbackChannel.ShouldBe(Channel.Phone);
        silent.When(overdue, Caller.System).ShouldBeRefusedBy("deadline-current");
        silent.Of(CrisisDeadlines.PartnerAckWindow).Select(d => d.Missed).ShouldBe([true, false]);

        // The telephone call is recorded, and nothing is owed.
        silent.When(new RecordPartnerAck(CrisisCase.Alert, "VideoHub Alliance", Channel.Phone, "shift lead"), CrisisCase.Liaison).Of(CrisisDeadlines.PartnerAckWindow).Count().ShouldBe(1);
    }

    [Fact]
    public void What_a_delivery_knows_is_no_overdue() =>
        CrisisCase.Alerted().After(TimeSpan.FromMinutes(20)).KnowingFact(MarkPartnerAckOverdue.AckFact, $"{CrisisCase.Alert}/VideoHub Alliance", "14:16")
            .When(new MarkPartnerAckOverdue(CrisisCase.Alert, "VideoHub Alliance"), Caller.System).ShouldEmitNothing();

    [Fact]
    public void A_cancelled_alert_waits_for_nobody() =>
        CrisisCase.Alerted().When(new CancelAlert(CrisisCase.Alert), CrisisCase.Liaison).After(TimeSpan.FromMinutes(20))
            .When(new MarkPartnerAckOverdue(CrisisCase.Alert, "VideoHub Alliance"), Caller.System).ShouldBeRefusedBy("deadline-current")
            .Of(CrisisDeadlines.PartnerAckWindow).ShouldBeEmpty();
}
