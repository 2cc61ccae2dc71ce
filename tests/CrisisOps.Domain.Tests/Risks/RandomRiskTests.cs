using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using Shouldly;
using static CrisisOps.Domain.Tests.Harness.RandomWalks;

namespace CrisisOps.Domain.Tests.Risks;

/// <summary>Whatever people do in whatever order, a signal stays one: domain §2.4 for random sequences of all commands.</summary>
public class RandomRiskTests
{
    private static readonly RiskState[] _ends = [RiskState.Escalated, RiskState.Dismissed, RiskState.Expired];

    private static readonly Dictionary<RiskState, RiskState[]> _legal = new()
    {
        [RiskState.None] = [RiskState.Captured],
        [RiskState.Captured] = [RiskState.Corroborating, RiskState.Assessed, .. _ends],
        [RiskState.Corroborating] = [RiskState.Assessed, .. _ends],
        [RiskState.Assessed] = [RiskState.Watching, .. _ends],
        [RiskState.Watching] = [RiskState.Assessed, .. _ends],
        [RiskState.Escalated] = [],
        [RiskState.Dismissed] = [],
        [RiskState.Expired] = [],
    };

    [Fact]
    public void No_sequence_of_commands_breaks_a_signal() => Check<RiskSignal, RiskCase>(() => new RandomRisk(), Sound);

    [Fact]
    public void Random_sequences_reach_every_event()
    {
        var seen = new HashSet<Type>();
        for (var seed = 0; seed < 300; seed++)
        {
            var sequence = new RandomRisk();
            sequence.Begin(seed);
            for (var step = 0; step < 20; step++)
            {
                sequence.Step((seed * 1000) + step);
            }

            seen.UnionWith(sequence.Case.History.Select(h => h.Event.GetType()));
        }

        typeof(RiskSignal).Assembly.GetTypes().Where(t => t is { IsClass: true } && t.IsAssignableTo(typeof(IRiskEvent))).Except(seen).Select(t => t.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_command_shows_a_body_in_the_documentation_and_no_timer_does()
    {
        RandomRisk.Commands.Distinct().Count().ShouldBe(RandomRisk.Commands.Count());
        RandomRisk.Documentation(RiskSignal.None, new RiskCase().Context).ShouldAllBe(d => d.Timer == (d.Bodies == 0));
    }

    private static void Sound(object @event, RiskSignal before, RiskSignal after, Stamp stamp)
    {
        Hold(after.Version == stamp.Version, $"versions have no gaps: {after.Version}, not {stamp.Version}");
        Hold(before.Stage == after.Stage || _legal[before.Stage].Contains(after.Stage), $"{@event.GetType().Name} moved {before.Stage} to {after.Stage}");
        Hold((after.Stage == RiskState.Watching) == (after.ReviewAt is not null), "what is watched, and nothing else, is looked at again");
        Hold(after.Stage is not (RiskState.Assessed or RiskState.Watching) || (after.Assessment is not null && after.Grade is not null), "what is assessed has a grade");
        Hold(after.Open == (after.EndedAt is null), "what has ended has an end");
        Hold(!after.Surging || after.Stage != RiskState.Expired, "a surge that runs does not expire");
        Hold(@event is not RiskSignalExpired expired || expired.ExpiresAt <= stamp.RecordedAt, "it does not expire before its horizon ends");
        Hold(@event is not RiskCrisisProposed { With: null } || !before.Corroborations.IsEmpty || before.Grade is { Weak: false }, "a weak signal proposes no crisis by itself");
        Hold(@event is not RiskCrisisProposed || stamp.ActorType != ActorType.System || before.Surging, "the rule proposes of surges only");
        Hold(before.Surge is null || after.Surge is not null, "a surge is not forgotten");
        var told = ((IRiskEvent)@event).Tell(before, after, stamp)!;
        Hold(told.Others.Keys.SequenceEqual([Audience.CrossFunctional]), "a signal is told to the core team and the consulted functions, and to nobody else");
    }
}
