using CrisisOps.Domain.Recommendations;
using CrisisOps.Domain.Shared;
using Shouldly;
using static CrisisOps.Domain.Tests.Harness.RandomWalks;

namespace CrisisOps.Domain.Tests.Recommendations;

/// <summary>Whatever people do in whatever order, a recommendation stays one: domain §2.10 for random sequences of all commands.</summary>
public class RandomRecommendationTests
{
    private static readonly Dictionary<RecommendationState, RecommendationState[]> _legal = new()
    {
        [RecommendationState.None] = [RecommendationState.Proposed],
        [RecommendationState.Proposed] = [RecommendationState.Accepted, RecommendationState.Rejected, RecommendationState.Deferred],
        [RecommendationState.Accepted] = [RecommendationState.InProgress, RecommendationState.Rejected, RecommendationState.Deferred],
        [RecommendationState.InProgress] = [RecommendationState.Implemented, RecommendationState.Rejected, RecommendationState.Deferred],
        [RecommendationState.Implemented] = [RecommendationState.Verified],
        [RecommendationState.Verified] = [],
        [RecommendationState.Rejected] = [RecommendationState.Proposed],
        [RecommendationState.Deferred] = [RecommendationState.Proposed, RecommendationState.Rejected],
    };

    [Fact]
    public void No_sequence_of_commands_breaks_a_recommendation() => Check<ImprovementRecommendation, RecommendationCase>(() => new RandomRecommendation(), Sound);

    [Fact]
    public void Random_sequences_reach_every_event()
    {
        var seen = new HashSet<Type>();
        for (var seed = 0; seed < 300; seed++)
        {
            var sequence = new RandomRecommendation();
            sequence.Begin(seed);
            for (var step = 0; step < 20; step++)
            {
                sequence.Step((seed * 1000) + step);
            }

            seen.UnionWith(sequence.Case.History.Select(h => h.Event.GetType()));
        }

        typeof(ImprovementRecommendation).Assembly.GetTypes().Where(t => t is { IsClass: true } && t.IsAssignableTo(typeof(IRecommendationEvent))).Except(seen).Select(t => t.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_command_shows_a_body_in_the_documentation_and_no_timer_does()
    {
        RandomRecommendation.Commands.Distinct().Count().ShouldBe(RandomRecommendation.Commands.Count());
        RandomRecommendation.Documentation(ImprovementRecommendation.None, new RecommendationCase().Context).ShouldAllBe(d => d.Timer == (d.Bodies == 0));
    }

    private static void Sound(object @event, ImprovementRecommendation before, ImprovementRecommendation after, Stamp stamp)
    {
        Hold(after.Version == stamp.Version, $"versions have no gaps: {after.Version}, not {stamp.Version}");
        Hold(before.Stage == after.Stage || _legal[before.Stage].Contains(after.Stage), $"{@event.GetType().Name} moved {before.Stage} to {after.Stage}");
        var underWay = after.Stage is RecommendationState.Accepted or RecommendationState.InProgress or RecommendationState.Implemented or RecommendationState.Verified;
        Hold(!underWay || (after.Owner is not null && after.Metric is not null && after.DueAt is not null), "what is under way has an owner, a due time and a metric");
        Hold(after.Stage != RecommendationState.Verified || after.Metric!.MeasuredAt - after.ImplementedAt >= TimeSpan.FromDays(14), "a change is measured 14 days later at the earliest");
        Hold(after.DueAt == before.DueAt || after.DueGeneration > before.DueGeneration, "a moved due time is a new generation");
        Hold(@event is not RecommendationOverdue overdue || (overdue.DueAt <= stamp.RecordedAt && !before.Overdue), "overdue once, and not before it is due");
        Hold(after.Deadlines.Count() <= 1, "one due time at most");
        var told = ((IRecommendationEvent)@event).Tell(before, after, stamp)!;
        Hold(!told.Others.ContainsKey(Audience.Partner) && !told.Others.ContainsKey(Audience.Public), "a recommendation is told inside only");
        Hold(
            after.MaskedTerms.All(term => told.Others.Values.All(o => !$"{o.Headline} {o.Body}".Contains(term, StringComparison.OrdinalIgnoreCase))),
            $"{@event.GetType().Name} tells a masked term outside Core");
    }
}
