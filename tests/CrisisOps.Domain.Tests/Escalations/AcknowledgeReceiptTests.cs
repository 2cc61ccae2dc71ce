using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class AcknowledgeReceiptTests
{
    [Fact]
    public void A_receipt_meets_the_acknowledge_clock_and_tells_the_partner_nothing_else()
    {
        var done = Case.Raised().After(TimeSpan.FromSeconds(50)).When(new AcknowledgeReceipt(), Caller.System).ShouldBeAccepted();

        done.Recorded<ReceiptAcknowledged>().Automatic.ShouldBeTrue();
        done.Clock(ClockKind.Acknowledge).MetAt.ShouldBe(done.Now);
        done.State.Stage.ShouldBe(EscalationState.Received);
        done.Told()!.Others[Audience.Partner].Headline.ShouldBe("We confirm the receipt of your report");
        done.Told()!.Others[Audience.Partner].Body.ShouldBeNull();
    }

    [Fact]
    public void A_receipt_by_a_person_is_not_automatic() =>
        Case.Raised().When(new AcknowledgeReceipt()).ShouldBeAccepted().Recorded<ReceiptAcknowledged>().Automatic.ShouldBeFalse();

    [Fact]
    public void A_receipt_is_the_confirmation_an_Art_16_notice_is_owed() =>
        Case.Raised(r => r with { Source = Source.Art16Notice, LegalBasis = "DSA-Art16" }).When(new AcknowledgeReceipt()).ShouldBeAccepted()
            .Clock(ClockKind.Legal).MetAt.ShouldBe(Case.Start);

    [Fact]
    public void A_receipt_may_follow_triage_but_only_once() =>
        Case.Triaged().When(new AcknowledgeReceipt()).ShouldBeAccepted().When(new AcknowledgeReceipt()).ShouldBeRefusedBy("acknowledged-once");

    [Fact]
    public void Receipt_is_not_confirmed_once_the_investigation_runs() =>
        Case.Assigned().When(new StartInvestigation()).When(new AcknowledgeReceipt()).ShouldBeRefused(RefusalKind.IllegalTransition);
}
