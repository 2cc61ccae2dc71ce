using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>Records what contributed to the crisis or to how it was answered.</summary>
/// <param name="Refs">Entries and streams that show it, for example <c>CR-2027-0007@12</c>.</param>
public sealed record RecordContributingFactor(string Text, IReadOnlyList<string>? Refs = null) : Command, IReviewCommand<RecordContributingFactor>
{
    public static CommandRule<PostIncidentReview> Rule { get; } = ReviewGivers.Rule("record-contributing-factor", ReviewGivers.Staff, ReviewState.Draft);

    public static Ruling Decide(RecordContributingFactor command, PostIncidentReview state, DecisionContext context) =>
        string.IsNullOrWhiteSpace(command.Text)
            ? Ruling.Refuse("factor-said", "Say in text what contributed.")
            : Ruling.Accept(new ContributingFactorRecorded($"CF-{state.Factors.Count + 1}", command.Text, [.. (command.Refs ?? []).Distinct(StringComparer.Ordinal)]));

    public static IEnumerable<RecordContributingFactor> Samples(PostIncidentReview state, DecisionContext context) =>
        [new("The second report waited 14 minutes for somebody who reads the language.", ["CR-2027-0007@12"])];
}

public sealed record ContributingFactorRecorded(string FactorId, string Text, IReadOnlyList<string> Refs) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with { Factors = state.Factors.Add(new ContributingFactor(FactorId, Text, Refs)) };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"{FactorId}: {Text}", Refs.Count > 0 ? string.Join(", ", Refs) : null).ToCrossFunctional($"{FactorId}: {Text}");
}
