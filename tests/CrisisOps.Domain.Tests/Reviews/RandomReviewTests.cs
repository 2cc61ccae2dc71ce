using CrisisOps.Domain.Reviews;
using CrisisOps.Domain.Shared;
using Shouldly;
using static CrisisOps.Domain.Tests.Harness.RandomWalks;

namespace CrisisOps.Domain.Tests.Reviews;

/// <summary>Whatever people do in whatever order, a review stays a review: domain §2.10 for random sequences of all commands.</summary>
public class RandomReviewTests
{
    private static readonly Dictionary<ReviewState, ReviewState[]> _legal = new()
    {
        [ReviewState.None] = [ReviewState.Draft],
        [ReviewState.Draft] = [ReviewState.InReview],
        [ReviewState.InReview] = [ReviewState.Draft, ReviewState.Reviewed],
        [ReviewState.Reviewed] = [ReviewState.Closed],
        [ReviewState.Closed] = [],
    };

    [Fact]
    public void No_sequence_of_commands_breaks_a_review() => Check<PostIncidentReview, ReviewCase>(() => new RandomReview(), Sound);

    [Fact]
    public void Random_sequences_reach_every_event()
    {
        var seen = new HashSet<Type>();
        for (var seed = 0; seed < 500; seed++)
        {
            var sequence = new RandomReview();
            sequence.Begin(seed);
            for (var step = 0; step < 20; step++)
            {
                sequence.Step((seed * 1000) + step);
            }

            seen.UnionWith(sequence.Case.History.Select(h => h.Event.GetType()));
        }

        typeof(PostIncidentReview).Assembly.GetTypes().Where(t => t is { IsClass: true } && t.IsAssignableTo(typeof(IReviewEvent))).Except(seen).Select(t => t.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_command_shows_a_body_in_the_documentation_and_no_timer_does()
    {
        RandomReview.Commands.Distinct().Count().ShouldBe(RandomReview.Commands.Count());
        RandomReview.Documentation(PostIncidentReview.None, new ReviewCase().Context).ShouldAllBe(d => d.Timer == (d.Bodies == 0));
    }

    private static void Sound(object @event, PostIncidentReview before, PostIncidentReview after, Stamp stamp)
    {
        Hold(after.Version == stamp.Version, $"versions have no gaps: {after.Version}, not {stamp.Version}");
        Hold(before.Stage == after.Stage || _legal[before.Stage].Contains(after.Stage) || @event is ReviewRestarted, $"{@event.GetType().Name} moved {before.Stage} to {after.Stage}");
        Hold(after.Stage < ReviewState.InReview || (after.FrozenAsOf is not null && !after.Factors.IsEmpty), "what was submitted has a frozen timeline and a factor");
        Hold(!after.Reviewed || after.ApprovedBy != after.SubmittedBy, "nobody approves what they submitted");
        Hold(after.FrozenAsOf is null || after.FrozenAsOf <= stamp.RecordedAt, "a timeline is frozen as of what is known");
        Hold(Distinct(after.Recommendations) && Distinct(after.Cases) && Distinct(after.Published) && Distinct(after.Factors.Select(f => f.FactorId)), "nothing counts twice");
        Hold(@event is not ReviewOverdue overdue || (overdue.DueAt <= stamp.RecordedAt && !before.Overdue), "overdue once, and not before it is due");
        Hold(after.Deadlines.Count() <= (after.Stage < ReviewState.Closed ? 1 : 0), "what is closed owes nothing, and what is open one step");
        Hold(after.Deadlines.All(d => (d.Kind == ReviewDeadlines.ReviewDue) == (after.Stage == ReviewState.Draft)), "a draft owes the meeting, and nothing else does");
        Hold(@event is not ReviewStepOverdue step || (step.DueAt <= stamp.RecordedAt && !before.StepOverdue), "a step is overdue once, and not before it is due");
        var told = ((IReviewEvent)@event).Tell(before, after, stamp)!;
        Hold(!told.Others.ContainsKey(Audience.Partner), "partners are told by name");
        Hold(!told.Others.ContainsKey(Audience.Public) || (told.Others.Count == 1 && told.ReleasedAs == Tlp.CLEAR && !after.Exercise), "a public text is public alone");
        Hold(
            after.MaskedTerms.All(term => told.Others.Values.All(o => !$"{o.Headline} {o.Body}".Contains(term, StringComparison.OrdinalIgnoreCase))),
            $"{@event.GetType().Name} tells a masked term outside Core");
    }
}
