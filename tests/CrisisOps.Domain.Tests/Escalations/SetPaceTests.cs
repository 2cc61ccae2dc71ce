using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>The cadence of a crisis replaces the update clock of its cases only while it is live (domain §2.1).</summary>
public class SetPaceTests
{
    private const string Cr7 = "CR-2027-0007";
    private static readonly SetPace _pace = new(Cr7);

    [Theory]
    [InlineData(CrisisState.StoodDown)]
    [InlineData(CrisisState.UnderReview)]
    [InlineData(CrisisState.Closed)]
    [InlineData(CrisisState.Annulled)]
    public void A_crisis_that_is_over_gives_the_case_its_update_clock_back(CrisisState over)
    {
        var linked = Linked(CrisisState.Active).After(TimeSpan.FromHours(9));
        linked.State.PacedByCrisis.ShouldBeTrue();

        Knowing(linked, over).When(_pace, Caller.System).ShouldBeAccepted();

        linked.State.ShouldSatisfyAllConditions(s => s.CrisisKey.ShouldBe(Cr7), s => s.PacedByCrisis.ShouldBeFalse(), s => s.NextUpdateDue.ShouldBe(linked.Now.AddHours(2)));
        linked.Clock(ClockKind.Update).ShouldSatisfyAllConditions(c => c.Result.ShouldBe(ClockResult.Running), c => c.StartedAt.ShouldBe(linked.Now), c => c.DueAt.ShouldBe(linked.Now.AddHours(2)));
        linked.After(TimeSpan.FromHours(2)).RunsOut(ClockKind.Update).ShouldBeAccepted();
    }

    [Theory]
    [InlineData(CrisisState.Proposed)]
    [InlineData(CrisisState.StoodDown)]
    public void A_link_to_a_crisis_that_is_not_live_leaves_the_update_clock_alone(CrisisState stage)
    {
        var linked = Linked(stage);

        linked.Recorded<EscalationLinkedToCrisis>().Live.ShouldBeFalse();
        linked.State.NextUpdateDue.ShouldBe(linked.Clock(ClockKind.Update).DueAt);
        linked.When(new ChangeSeverity(Severity.SEV1)).ShouldBeAccepted().Clock(ClockKind.Update).Running.ShouldBeTrue();
        linked.When(new Unlink(Cr7)).ShouldBeAccepted().Recorded<EscalationUnlinked>().Clocks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CrisisState.Active)]
    [InlineData(CrisisState.Stabilizing)]
    public void A_crisis_that_becomes_live_stops_the_update_clock(CrisisState live)
    {
        var linked = Linked(CrisisState.Proposed);

        Knowing(linked, live).When(_pace, Caller.System).ShouldBeAccepted();

        linked.Recorded<EscalationPaceSet>().ByCrisis.ShouldBeTrue();
        linked.Clock(ClockKind.Update).Result.ShouldBe(ClockResult.Stopped);
        linked.State.ShouldSatisfyAllConditions(s => s.PacedByCrisis.ShouldBeTrue(), s => s.NextUpdateDue.ShouldBeNull());
        linked.Told()!.Others.Keys.ShouldBe([Audience.CrossFunctional]);
    }

    [Fact]
    public void Nothing_is_recorded_where_nothing_changes()
    {
        Linked(CrisisState.Active).When(_pace, Caller.System).ShouldBeRefusedBy("pace-changes");
        Linked(CrisisState.StoodDown).When(_pace, Caller.System).ShouldBeRefusedBy("pace-changes");
    }

    [Fact]
    public void Only_the_crisis_it_belongs_to_paces_a_case_and_only_a_rule_says_so()
    {
        Knowing(Case.Triaged(Severity.SEV2), CrisisState.Active).When(_pace, Caller.System).ShouldBeRefusedBy("link-stands");
        Linked(CrisisState.Active).When(new SetPace("CR-2027-0008"), Caller.System).ShouldBeRefusedBy("link-stands");
        Linked(CrisisState.Active).When(new SetPace(null!), Caller.System).ShouldBeRefusedBy("link-stands");
        Linked(CrisisState.Active).Knowing(c => c with { Streams = c.Streams.Remove(Cr7) }).When(_pace, Caller.System).ShouldBeRefusedBy("crisis-known");
        Linked(CrisisState.Active).When(_pace).ShouldBeRefused(RefusalKind.Forbidden);
        SetPace.Rule.Admits(Endings.Resolved().State).ShouldBeFalse();
    }

    [Fact]
    public void An_untriaged_case_starts_its_update_clock_at_the_triage()
    {
        var raised = Knowing(Case.Raised(), CrisisState.Active).When(new LinkToCrisis(Cr7)).ShouldBeAccepted();

        Knowing(raised, CrisisState.StoodDown).When(_pace, Caller.System).ShouldBeAccepted().Recorded<EscalationPaceSet>().Clocks.ShouldBeEmpty();

        raised.When(new Triage(Severity.SEV2, PolicyArea.Spam, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted().Clock(ClockKind.Update).Running.ShouldBeTrue();
    }

    [Fact]
    public void A_legal_order_goes_on_without_an_update_clock()
    {
        var order = Knowing(Case.Raised(r => r with { Source = Source.GovernmentOrder, LegalBasis = "EU-TCO-Art3", EvidenceRefs = ["EVD-4"] }), CrisisState.Active)
            .When(new Triage(Severity.SEV1, PolicyArea.DangerousOrgsAndIndividuals, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted()
            .When(new LinkToCrisis(Cr7)).ShouldBeAccepted();

        Knowing(order, CrisisState.StoodDown).When(_pace, Caller.System).ShouldBeAccepted().State.Clocks.ShouldNotContain(c => c.Kind == ClockKind.Update);
    }

    [Fact]
    public void A_link_from_before_this_was_recorded_counts_as_one_to_a_live_crisis() => new EscalationLinkedToCrisis(Cr7, ByRule: false).Live.ShouldBeTrue();

    private static Case Linked(CrisisState stage) => Knowing(Case.Triaged(Severity.SEV2), stage).When(new LinkToCrisis(Cr7)).ShouldBeAccepted();

    private static Case Knowing(Case at, CrisisState stage) =>
        at.Knowing(c => c with { Streams = c.Streams.SetItem(Cr7, Crisis.None with { Key = Cr7, Stage = stage }) });
}
