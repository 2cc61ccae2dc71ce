using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;
using static CrisisOps.Domain.Tests.Harness.RandomWalks;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>Whatever people do in whatever order, a case stays a case: domain §2.1 for random sequences of all commands.</summary>
public class RandomSequenceTests
{
    /// <summary>The transitions of domain §2.1 as amended by §9: from each stage to every stage it may move to by one event.</summary>
    private static readonly Dictionary<EscalationState, EscalationState[]> _legal = new()
    {
        [EscalationState.None] = [EscalationState.Received],
        [EscalationState.Received] = [EscalationState.Triaged, EscalationState.Rejected, EscalationState.Merged, EscalationState.Voided],
        [EscalationState.Triaged] = [EscalationState.Assigned, EscalationState.Rejected, EscalationState.Merged, EscalationState.Voided, EscalationState.Resolved],
        [EscalationState.Assigned] = [EscalationState.Investigating, EscalationState.Merged, EscalationState.Voided, EscalationState.Resolved],
        [EscalationState.Investigating] = [EscalationState.DecisionProposed, EscalationState.Merged, EscalationState.Voided, EscalationState.Resolved],
        [EscalationState.DecisionProposed] = [EscalationState.Decided, EscalationState.Investigating],
        [EscalationState.Decided] = [EscalationState.Resolved],
        [EscalationState.Resolved] = [EscalationState.Closed, EscalationState.Investigating],
        [EscalationState.Closed] = [EscalationState.Investigating],
        [EscalationState.Rejected] = [EscalationState.Investigating],
        [EscalationState.Merged] = [EscalationState.Received, EscalationState.Triaged, EscalationState.Assigned, EscalationState.Investigating],
        [EscalationState.Voided] = [],
    };

    [Fact]
    public void No_sequence_of_commands_breaks_a_case() =>
        Check<Escalation, Case>(() => new RandomSequence(), Sound);

    [Fact]
    public void Every_command_shows_a_body_in_the_documentation_and_no_timer_does()
    {
        var silent = new RandomSequence();
        RandomSequence.Commands.Distinct().Count().ShouldBe(RandomSequence.Commands.Count());
        RandomSequence.Documentation(silent.Case.State, Contexts.Of(silent.Case)).ShouldAllBe(d => d.Timer == (d.Bodies == 0));
    }

    private static void Sound(object @event, Escalation before, Escalation after, Stamp stamp)
    {
        Hold(after.Version == stamp.Version, $"versions have no gaps: {after.Version}, not {stamp.Version}");
        Hold(before.Stage == after.Stage || _legal[before.Stage].Contains(after.Stage), $"{@event.GetType().Name} moved {before.Stage} to {after.Stage}");
        Hold(Distinct(after.Clocks.Where(c => c.Running).Select(c => c.ClockId)), "one clock of one id runs");
        Hold(after.Clocks.All(c => !c.Legal || c.PausedAt is null), "a legal clock never pauses");
        Hold(after.Clocks.All(c => c.BreachedAt is null == c.DetectedAt is null && (c.BreachedAt is null || c.PausedAt is null)), "what ran out was seen to run out, and does not stand still");
        Hold(@event is not (SlaBreached or UpdateOverdue or LegalDeadlineMissed) || after.Clocks.Sum(c => c.Breaches) == before.Clocks.Sum(c => c.Breaches) + 1, "a miss is one clock's");
        Hold(!after.PacedByCrisis || (after.CrisisKey is not null && after.Clocks.Find(ClockKind.Update) is null), "in a live crisis the cadence of the crisis replaces the update clock");
        Hold(after.NextUpdateDue == after.Clocks.Find(ClockKind.Update)?.DueAt, "the next update is due when its clock runs out");
        Hold(Distinct(after.Deadlines.Select(d => (d.Kind, d.Ref, d.Generation))), "a deadline is one of its kind");
        Hold(Distinct(after.Flags), "a flag stands once");
        Hold(
            ((IEscalationEvent)@event).Tell(before, after, stamp)?.Others.Values.All(t => !$"{t.Headline} {t.Body}".Contains("LawEnforcement", StringComparison.Ordinal)) != false,
            $"{@event.GetType().Name} tells of law enforcement outside Core");
    }
}
