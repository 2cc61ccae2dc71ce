using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>
/// Counts a case among those of this review though nobody linked it to the crisis: an order of an authority about the same video, say. The
/// facts of the review are computed from it too.
/// </summary>
public sealed record NameCase(string EscalationKey) : Command, IReviewCommand<NameCase>, INamesStreams
{
    public static CommandRule<PostIncidentReview> Rule { get; } = ReviewGivers.Rule("name-case", ReviewGivers.Staff, ReviewState.Draft);

    public IEnumerable<string> Streams() => EscalationKey is null ? [] : [EscalationKey];

    public static Ruling Decide(NameCase command, PostIncidentReview state, DecisionContext context)
    {
        if (command.EscalationKey is null || context.Streams.GetValueOrDefault(command.EscalationKey) is not Escalation { Stage: not EscalationState.None } named)
        {
            return Ruling.Refuse("escalation-known", $"There is no escalation '{command.EscalationKey}'.");
        }

        if (named.Exercise != state.Exercise)
        {
            return Ruling.Refuse("exercise-apart", "An exercise and a real case are never mixed.");
        }

        return state.Cases.Contains(command.EscalationKey)
            ? Ruling.Refuse("case-new", $"{command.EscalationKey} is named already.")
            : Ruling.Accept(new ReviewCaseNamed(command.EscalationKey));
    }

    public static IEnumerable<NameCase> Samples(PostIncidentReview state, DecisionContext context) => state.Stage == ReviewState.None
        ? [new("ESC-2027-000104")]
        : context.Streams.Where(s => s.Value is Escalation).Select(s => s.Key).Order(StringComparer.Ordinal).Select(key => new NameCase(key));

    public static Candidates? ChoosesFrom(PostIncidentReview state, Caller caller) => new Candidates.Linkable("ESC", state.Exercise, [.. state.Cases], []);
}

public sealed record ReviewCaseNamed(string EscalationKey) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with { Cases = state.Cases.Add(EscalationKey) };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"{EscalationKey} belongs to what is reviewed").ToCrossFunctional();
}
