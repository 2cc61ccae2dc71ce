using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class LinkTests
{
    private const string Cr7 = "CR-2027-0007";
    private const string El1 = "EL-XN-2027-01";
    private static readonly LinkToCrisis _toCrisis = new(Cr7);
    private static readonly LinkToElection _toElection = new(El1);

    [Fact]
    public void A_case_is_linked_to_a_crisis_by_hand_or_by_the_cluster_rule()
    {
        var byHand = Knowing(Case.Triaged()).When(_toCrisis).ShouldBeAccepted();
        byHand.Recorded<EscalationLinkedToCrisis>().ShouldBe(new EscalationLinkedToCrisis(Cr7, ByRule: false));
        byHand.State.CrisisKey.ShouldBe(Cr7);
        byHand.State.State.ShouldBe(EscalationState.Triaged);
        byHand.Told()!.Others.Keys.ShouldBe([Audience.CrossFunctional]);

        Knowing(Case.Raised()).When(_toCrisis with { ByRule = true }, Caller.System).ShouldBeAccepted().Recorded<EscalationLinkedToCrisis>().ByRule.ShouldBeTrue();
        Knowing(Endings.Resolved()).When(_toCrisis, Case.DutyLead).ShouldBeAccepted().State.State.ShouldBe(EscalationState.Resolved);
    }

    [Fact]
    public void Nobody_but_the_rule_says_that_it_was_the_rule() => Knowing(Case.Triaged()).When(_toCrisis with { ByRule = true }).ShouldBeRefusedBy("link-by-rule");

    [Fact]
    public void The_crisis_must_exist()
    {
        Case.Triaged().When(_toCrisis).ShouldBeRefusedBy("crisis-known");
        Case.Triaged().When(new LinkToCrisis(null!)).ShouldBeRefusedBy("crisis-known");
        Knowing(Case.Triaged(), Crisis.None).When(_toCrisis).ShouldBeRefusedBy("crisis-known");
        Case.Triaged().Knowing(c => c with { Streams = c.Streams.SetItem(Cr7, Case.Triaged().State) }).When(_toCrisis).ShouldBeRefusedBy("crisis-known");
    }

    [Theory]
    [InlineData(CrisisState.Rejected)]
    [InlineData(CrisisState.Annulled)]
    [InlineData(CrisisState.Closed)]
    [InlineData(CrisisState.Merged)]
    public void An_ended_crisis_takes_no_case(CrisisState stage) => Knowing(Case.Triaged(), _crisis with { Stage = stage }).When(_toCrisis).ShouldBeRefusedBy("crisis-open");

    [Theory]
    [InlineData(CrisisState.Proposed)]
    [InlineData(CrisisState.Stabilizing)]
    [InlineData(CrisisState.StoodDown)]
    public void Any_other_crisis_does(CrisisState stage) => Knowing(Case.Triaged(), _crisis with { Stage = stage }).When(_toCrisis).ShouldBeAccepted();

    [Fact]
    public void A_merged_crisis_names_the_one_that_goes_on() =>
        Knowing(Case.Triaged(), _crisis with { Stage = CrisisState.Merged, MergedInto = "CR-2027-0009" }).When(_toCrisis)
            .Last.ShouldBeOfType<Ruling.Refused>().Refusal.Detail.ShouldContain("CR-2027-0009");

    [Fact]
    public void An_exercise_and_a_real_case_are_never_linked()
    {
        Knowing(Case.Triaged(), _crisis with { Exercise = true }).When(_toCrisis).ShouldBeRefusedBy("exercise-apart");
        Knowing(Case.Raised(r => r with { Exercise = true })).When(_toElection).ShouldBeRefusedBy("exercise-apart");
    }

    [Fact]
    public void A_case_belongs_to_one_crisis_and_one_election()
    {
        var linked = Knowing(Case.Triaged()).When(_toCrisis).ShouldBeAccepted().When(_toElection).ShouldBeAccepted();

        linked.When(_toCrisis).ShouldBeRefusedBy("linked-once");
        linked.When(new LinkToCrisis("CR-2027-0008")).ShouldBeRefusedBy("one-crisis");
        linked.When(_toElection).ShouldBeRefusedBy("linked-once");
        linked.When(new LinkToElection("EL-XS-2027-01")).ShouldBeRefusedBy("one-election");
        linked.Last.ShouldBeOfType<Ruling.Refused>().Refusal.Instead.ShouldBe(["unlink"]);
    }

    [Fact]
    public void Ended_cases_and_other_roles_link_nothing()
    {
        LinkToCrisis.Rule.Admits(Case.Triaged().State with { Stage = EscalationState.Merged }).ShouldBeFalse();
        LinkToElection.Rule.Admits(Case.Triaged().State with { Stage = EscalationState.Closed }).ShouldBeFalse();
        Unlink.Rule.Admits(Case.Triaged().State with { Stage = EscalationState.Rejected }).ShouldBeFalse();
        Knowing(Case.Triaged()).When(_toCrisis, Case.LegalCounsel).ShouldBeRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public void A_link_to_an_election_keeps_the_phase_and_changes_no_severity()
    {
        var e105 = Knowing(Case.Raised(r => r with { ProposedSeverity = Severity.SEV3 })).When(_toElection).ShouldBeAccepted();

        e105.Recorded<EscalationLinkedToElection>().ShouldBe(new EscalationLinkedToElection(El1, ElectionPhase.SilencePeriod));
        e105.State.EffectiveSeverity.ShouldBe(Severity.SEV3);
        e105.Told()!.Headline.ShouldContain("SilencePeriod");
    }

    [Theory]
    [InlineData(ElectionPhase.Closed)]
    [InlineData(ElectionPhase.Cancelled)]
    public void An_ended_election_takes_no_case(ElectionPhase stage) => Knowing(Case.Raised(), election: _election with { Stage = stage }).When(_toElection).ShouldBeRefusedBy("election-open");

    [Fact]
    public void The_election_must_exist()
    {
        Case.Raised().When(_toElection).ShouldBeRefusedBy("election-known");
        Case.Raised().When(new LinkToElection(null!)).ShouldBeRefusedBy("election-known");
        Knowing(Case.Raised()).When(new LinkToElection(Cr7)).ShouldBeRefusedBy("election-known");
    }

    [Fact]
    public void In_a_crisis_its_cadence_replaces_the_update_clock_and_out_of_it_the_clock_counts_anew()
    {
        var linked = Knowing(Case.Triaged(Severity.SEV2)).After(TimeSpan.FromHours(1)).When(_toCrisis).ShouldBeAccepted();
        linked.Clock(ClockKind.Update).Result.ShouldBe(ClockResult.Stopped);
        linked.State.NextUpdateDue.ShouldBeNull();
        linked.After(TimeSpan.FromHours(1)).RunsOut(ClockKind.Update).ShouldBeRefusedBy("deadline-current");
        linked.When(new ChangeSeverity(Severity.SEV1)).ShouldBeAccepted().Clock(ClockKind.Update).Running.ShouldBeFalse();

        linked.When(new Unlink(Cr7, "another attack")).ShouldBeAccepted();

        linked.Recorded<EscalationUnlinked>().Key.ShouldBe(Cr7);
        linked.State.CrisisKey.ShouldBeNull();
        linked.Clock(ClockKind.Update).ShouldSatisfyAllConditions(c => c.Result.ShouldBe(ClockResult.Running), c => c.StartedAt.ShouldBe(linked.Now), c => c.DueAt.ShouldBe(linked.Now.AddMinutes(30)));
        linked.State.NextUpdateDue.ShouldBe(linked.Now.AddMinutes(30));
        linked.When(_toCrisis).ShouldBeAccepted();
    }

    [Fact]
    public void A_case_triaged_inside_a_crisis_starts_no_update_clock_and_an_untriaged_one_gets_none_at_the_unlink()
    {
        var raised = Knowing(Case.Raised()).When(_toCrisis).ShouldBeAccepted();
        raised.When(new Unlink(Cr7)).ShouldBeAccepted().State.Clocks.ShouldNotContain(c => c.Kind == ClockKind.Update);

        raised.When(_toCrisis).When(new Triage(Severity.SEV1, PolicyArea.Spam, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted();
        raised.State.Clocks.ShouldNotContain(c => c.Kind == ClockKind.Update);
        raised.State.NextUpdateDue.ShouldBeNull();
    }

    [Fact]
    public void Only_a_link_that_stands_is_undone_and_the_other_one_stays()
    {
        var linked = Knowing(Case.Triaged()).When(_toCrisis).When(_toElection).ShouldBeAccepted();
        linked.When(new Unlink("CR-2027-0008")).ShouldBeRefusedBy("link-stands");
        linked.When(new Unlink(null!)).ShouldBeRefusedBy("link-stands");
        Case.Triaged().When(new Unlink(Cr7)).ShouldBeRefusedBy("link-stands");

        linked.When(new Unlink(El1)).ShouldBeAccepted();

        linked.State.ElectionKey.ShouldBeNull();
        linked.State.CrisisKey.ShouldBe(Cr7);
        linked.Recorded<EscalationUnlinked>().Clocks.ShouldBeEmpty();
        linked.State.NextUpdateDue.ShouldBeNull();
    }

    [Fact]
    public void Samples_name_what_the_context_knows_and_what_is_linked()
    {
        var linked = Knowing(Case.Triaged());
        var context = linked.Context;
        LinkToCrisis.Samples(linked.State, context).ShouldBe([_toCrisis]);
        LinkToElection.Samples(linked.State, context).ShouldBe([_toElection]);
        Unlink.Samples(linked.State, context).ShouldBeEmpty();

        Unlink.Samples(linked.When(_toCrisis).When(_toElection).State, context).ShouldBe([new Unlink(Cr7), new Unlink(El1)]);
    }

    private static readonly Crisis _crisis = Crisis.None with { Key = Cr7, Stage = CrisisState.Active };

    private static readonly ElectionEvent _election = ElectionEvent.None with { Key = El1, Stage = ElectionPhase.SilencePeriod };

    private static Case Knowing(Case at, Crisis? crisis = null, ElectionEvent? election = null) =>
        at.Knowing(c => c with { Streams = c.Streams.SetItem(Cr7, crisis ?? _crisis).SetItem(El1, election ?? _election) });
}
