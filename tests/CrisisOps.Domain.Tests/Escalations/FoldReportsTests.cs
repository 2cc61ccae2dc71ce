using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class FoldReportsTests
{
    [Fact]
    public void What_is_new_is_counted_and_told_in_words()
    {
        var told = Folded(Case.Raised(), Reports(FoldReason.DedupKey, 3), Reports(FoldReason.ContentId, 1, source: "SRC-002", name: "OpenHash matches")).ShouldBeAccepted();

        told.State.ReportCount.ShouldBe(5);
        told.Recorded<ReportsFolded>().Folded.Select(f => f.Count).ShouldBe([3, 1]);
        told.Told()!.Kind.ShouldBe(EntryKind.Update);
        told.Told()!.Headline.ShouldBe("4 reports folded in, 5 in all");
        told.Told()!.Body.ShouldBe("3 reports of Civic monitor (SRC-001), by the source's own dedup key; 1 report of OpenHash matches (SRC-002), about the same content");
        told.Told()!.Others.Keys.ShouldBe([Audience.CrossFunctional]);
        told.Told()!.Others[Audience.CrossFunctional].Headline.ShouldBe("4 reports more, 5 in all");
    }

    [Fact]
    public void Totals_that_are_told_twice_count_once_and_only_what_came_since_is_told()
    {
        var once = Folded(Case.Raised(), Reports(FoldReason.DedupKey, 3)).ShouldBeAccepted();

        Folded(once, Reports(FoldReason.DedupKey, 3)).ShouldBeRefusedBy("reports-new");
        Folded(once, Reports(FoldReason.DedupKey, 2)).ShouldBeRefusedBy("reports-new"); // a node that is behind
        Folded(once).ShouldBeRefusedBy("reports-new");
        once.State.ReportCount.ShouldBe(4);

        Folded(once, Reports(FoldReason.DedupKey, 5), Reports(FoldReason.ContentId, 0)).ShouldBeAccepted().Recorded<ReportsFolded>().Folded.Select(f => (f.Reports.Reason, f.Count)).ShouldBe([(FoldReason.DedupKey, 2L)]);
        once.State.ReportCount.ShouldBe(6);
        once.Told()!.Headline.ShouldBe("2 reports folded in, 6 in all");
    }

    [Fact]
    public void Each_source_and_each_reason_has_its_own_total()
    {
        var case1 = Folded(Case.Raised(), Reports(FoldReason.DedupKey, 2)).ShouldBeAccepted();

        Folded(case1, Reports(FoldReason.DedupKey, 2, source: "SRC-002")).ShouldBeAccepted();
        Folded(case1, Reports(FoldReason.Reference, 2)).ShouldBeAccepted().Told()!.Body!.ShouldEndWith("reported before under the same reference");

        case1.State.ReportCount.ShouldBe(7);
        Folded(case1, Reports(FoldReason.DedupKey, 2), Reports(FoldReason.DedupKey, 2, source: "SRC-002"), Reports(FoldReason.Reference, 2)).ShouldBeRefusedBy("reports-new");
    }

    [Theory]
    [InlineData(FoldReason.Acknowledged, 1, "The source says that it has seen to it", "Civic monitor (SRC-001) says that it has seen to it")]
    [InlineData(FoldReason.Resolved, 1, "The source says that it is over", "Civic monitor (SRC-001) says that it is over")]
    [InlineData(FoldReason.Resolved, 4, "The source says that it is over", "Civic monitor (SRC-001) says 4 times that it is over")]
    public void What_its_source_sees_to_or_takes_back_is_noted_in_core_and_counts_and_closes_nothing(FoldReason reason, long total, string headline, string body)
    {
        var noted = Folded(Case.Raised(), Reports(reason, total)).ShouldBeAccepted();

        (noted.State.ReportCount, noted.State.Stage).ShouldBe((1, EscalationState.Received));
        (noted.Told()!.Kind, noted.Told()!.Headline, noted.Told()!.Body).ShouldBe((EntryKind.Note, headline, body));
        noted.Told()!.Others.ShouldBeEmpty();
    }

    [Fact]
    public void A_worse_report_raises_the_severity_of_an_open_case_with_its_clocks_and_a_lesser_one_lowers_nothing()
    {
        var triaged = Case.Triaged(Severity.SEV3);

        Folded(triaged, Reports(FoldReason.DedupKey, 1, Severity.SEV1), Reports(FoldReason.ContentId, 1, Severity.SEV2)).ShouldBeAccepted();

        var changed = triaged.Recorded<SeverityChanged>();
        (changed.From, changed.To).ShouldBe((Severity.SEV3, Severity.SEV1));
        triaged.State.EffectiveSeverity.ShouldBe(Severity.SEV1);
        triaged.Clock(ClockKind.FirstResponse).DueAt.ShouldBe(Case.Triaged(Severity.SEV1).Clock(ClockKind.FirstResponse).DueAt);
        Folded(triaged, Reports(FoldReason.DedupKey, 2, Severity.SEV4)).ShouldBeAccepted().Recorded<ReportsFolded>();
        Folded(triaged, Reports(FoldReason.DedupKey, 3)).ShouldBeAccepted().Recorded<ReportsFolded>();
        triaged.State.EffectiveSeverity.ShouldBe(Severity.SEV1);
    }

    [Fact]
    public void A_threat_to_life_marks_the_case_once_and_starts_the_clock_of_the_referral()
    {
        var raised = Folded(Case.Raised(r => r with { ProposedSeverity = Severity.SEV3 }), Reports(FoldReason.ContentId, 1, Severity.SEV1, threat: true)).ShouldBeAccepted();

        raised.State.Has(Flag.ThreatToLife).ShouldBeTrue();
        raised.State.EffectiveSeverity.ShouldBe(Severity.SEV1);
        raised.Clock(ClockKind.ThreatToLifeReferral).DueAt.ShouldBe(Case.Start.AddMinutes(15));
        raised.History.Select(h => h.Event.GetType()).ShouldBe([typeof(EscalationRaised), typeof(ReportsFolded), typeof(EscalationReclassified), typeof(SeverityChanged)], ignoreOrder: false);
        Folded(raised, Reports(FoldReason.ContentId, 2, threat: true)).ShouldBeAccepted().Recorded<ReportsFolded>();
    }

    [Fact]
    public void A_case_that_has_ended_counts_what_came_before_and_changes_nothing_else()
    {
        var ended = Case.Triaged(Severity.SEV3).When(new Reject(RejectReason.Duplicate, "Seen twice."), Case.DutyLead).ShouldBeAccepted();
        var stage = ended.State.Stage;

        Folded(ended, Reports(FoldReason.DedupKey, 2, Severity.SEV1, threat: true)).ShouldBeAccepted().Recorded<ReportsFolded>();

        (ended.State.Stage, ended.State.ReportCount, ended.State.Has(Flag.ThreatToLife)).ShouldBe((stage, 3, false));
        ended.State.EffectiveSeverity.ShouldBe(Severity.SEV3);
    }

    [Fact]
    public void It_is_the_server_that_counts_and_only_what_was_raised()
    {
        Case.Raised().When(new FoldReports([Reports(FoldReason.DedupKey, 1)]), Case.DutyLead).ShouldBeRefused(RefusalKind.Forbidden);
        Case.Raised().When(new FoldReports([Reports(FoldReason.DedupKey, 1)]), Case.Specialist).ShouldBeRefused(RefusalKind.Forbidden);
        new Case().When(new FoldReports([Reports(FoldReason.DedupKey, 1)]), Caller.System).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void However_many_there_are_the_count_does_not_overflow() =>
        Folded(Case.Raised(), Reports(FoldReason.DedupKey, long.MaxValue / 2)).ShouldBeAccepted().State.ReportCount.ShouldBe(int.MaxValue);

    private static Case Folded(Case on, params FoldedReports[] reports) => on.When(new FoldReports(reports), Caller.System);

    private static FoldedReports Reports(FoldReason reason, long total, Severity? worst = null, bool threat = false, string source = "SRC-001", string name = "Civic monitor") => new(source, name, reason, total, worst, threat);
}
