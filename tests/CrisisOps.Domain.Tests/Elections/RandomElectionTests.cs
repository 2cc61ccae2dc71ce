using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;
using static CrisisOps.Domain.Tests.Harness.RandomWalks;

namespace CrisisOps.Domain.Tests.Elections;

/// <summary>Whatever people do in whatever order, an election stays an election: domain §2.3 for random sequences of all commands.</summary>
public class RandomElectionTests
{
    /// <summary>The transitions of domain §2.3: from each phase to every phase it may move to by one event.</summary>
    private static readonly Dictionary<ElectionPhase, ElectionPhase[]> _legal = new()
    {
        [ElectionPhase.None] = [ElectionPhase.Registered],
        [ElectionPhase.Registered] = [ElectionPhase.Assessed, ElectionPhase.Cancelled],
        [ElectionPhase.Assessed] = [ElectionPhase.PreElection, ElectionPhase.Cancelled],
        [ElectionPhase.PreElection] = [ElectionPhase.SilencePeriod, ElectionPhase.Voting, ElectionPhase.Cancelled],
        [ElectionPhase.SilencePeriod] = [ElectionPhase.Voting, ElectionPhase.Cancelled],
        [ElectionPhase.Voting] = [ElectionPhase.Counting],
        [ElectionPhase.Counting] = [ElectionPhase.Certification, ElectionPhase.PreElection],
        [ElectionPhase.Certification] = [ElectionPhase.PostElection, ElectionPhase.PreElection],
        [ElectionPhase.PostElection] = [ElectionPhase.Closed, ElectionPhase.PreElection],
        [ElectionPhase.Closed] = [],
        [ElectionPhase.Cancelled] = [],
    };

    [Fact]
    public void No_sequence_of_commands_breaks_an_election() => Check<ElectionEvent, ElectionCase>(() => new RandomElection(), Sound, Settled);

    [Fact]
    public void Random_sequences_reach_every_event()
    {
        var seen = new HashSet<Type>();
        for (var seed = 0; seed < 1000; seed++)
        {
            var sequence = new RandomElection();
            sequence.Begin(seed);
            for (var step = 0; step < 25; step++)
            {
                sequence.Step((seed * 1000) + step);
            }

            seen.UnionWith(sequence.Case.History.Select(h => h.Event.GetType()));
        }

        Events().Except(seen).Select(t => t.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_command_shows_a_body_in_the_documentation_and_no_timer_does()
    {
        RandomElection.Commands.Distinct().Count().ShouldBe(RandomElection.Commands.Count());
        RandomElection.Documentation(ElectionEvent.None, new ElectionCase().Context).ShouldAllBe(d => d.Timer == (d.Bodies == 0));
    }

    [Fact]
    public void Whatever_is_accepted_is_offered()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var sequence = new RandomElection();
            sequence.Begin(seed);
            for (var step = 0; step < 25; step++)
            {
                var before = sequence.Case.State;
                if (sequence.Step((seed * 1000) + step) is not Ruling.Accepted || sequence.Given is not { Timer: false } giver)
                {
                    continue;
                }

                var context = sequence.Case.Context;
                giver.Samples(before, context).ShouldContain(body => giver.Decide(body, before, context) is Ruling.Accepted, sequence.Log[^1]);
            }
        }
    }

    [Fact]
    public void No_event_shares_its_name_with_one_of_another_stream()
    {
        var others = typeof(ElectionEvent).Assembly.GetTypes().Where(t => t.IsClass && (t.IsAssignableTo(typeof(ICrisisEvent)) || t.IsAssignableTo(typeof(IEscalationEvent)))).Select(t => t.Name);
        Events().Select(t => t.Name).Intersect(others).ShouldBeEmpty();
    }

    private static IEnumerable<Type> Events() => typeof(ElectionEvent).Assembly.GetTypes().Where(t => t is { IsClass: true } && t.IsAssignableTo(typeof(IElectionEvent)));

    private static void Settled(ElectionCase given)
    {
        var state = given.State;
        Hold(state.Open || state.Stage == ElectionPhase.None || !state.Deadlines.Any(), "nothing of an election that is over is due");
        Hold(PhaseRules.MeasuresOf(state, state.Stage).All(m => m.ExpiresAt > state.Entered[^1].At), "the plan turns on nothing that has ended");
    }

    private static void Sound(object @event, ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        Hold(after.Version == stamp.Version, $"versions have no gaps: {after.Version}, not {stamp.Version}");
        Hold(before.Stage == after.Stage || _legal[before.Stage].Contains(after.Stage), $"{@event.GetType().Name} moved {before.Stage} to {after.Stage}");
        Hold(after.ScheduleVersion - before.ScheduleVersion is 0 or 1, "schedules are numbered without gaps");
        Hold(after.ScheduleVersion > before.ScheduleVersion || (after.Schedule == before.Schedule && after.ScheduleSuspended == before.ScheduleSuspended), "another schedule has another version");
        Hold(after.Schedule.Zip(after.Schedule.Skip(1)).All(p => p.First.Phase < p.Second.Phase && p.First.StartsAt < p.Second.StartsAt), "phases begin one after the other");
        Hold(@event is not ElectionPhaseEntered { Trigger: PhaseTrigger.Schedule, DueAt: var due } || due <= stamp.RecordedAt, "no phase begins by the schedule before its time");
        Hold(after.Measures.All(m => m.ExpiresAt > m.ActivatedAt), "every measure has an end");
        Hold(Distinct(after.ActiveMeasures.Select(m => (m.Kind, m.Region))), "a measure is on once in a place");
        Hold((after.Posture == ElectionPosture.OperationsCenter) == after.PostureUntil is not null, "an operations center has an end, and nothing else has");
        Hold(Distinct(after.Deadlines.Select(d => (d.Kind, d.Ref, d.Generation))), "a deadline is one of its kind");
        Hold(after.Deadlines.Count(d => d.Kind == ElectionDeadlines.ElectionPhaseDue) <= 1, "one phase is next");
        Hold(Distinct(after.Updates.Select(u => u.UpdateId)) && Distinct(after.Measures.Select(m => m.MeasureId)) && Distinct(after.Notices.Select(n => n.NoticeId)), "ids are given once");
        Hold(after.SeverityFloor is null == after.Stage is not (ElectionPhase.SilencePeriod or ElectionPhase.Voting) || after.Exercise, "the floor is that of the phase");
        Hold(((IElectionEvent)@event).Tell(before, after, stamp)!.Others.Keys.All(a => a is Audience.CrossFunctional or Audience.Executive), $"{@event.GetType().Name} is told outside the company");
    }
}
