using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>
/// Opens the review of a crisis that was stood down (domain §3, P17). It is as secret as its crisis at least, and masks what the crisis
/// masks.
/// </summary>
/// <param name="DueAt">When the meeting has to be held, UTC: what the crisis says in <see cref="CrisisReviewOpened"/>.</param>
/// <param name="Title">Absent means the title of the crisis.</param>
/// <param name="Region">Absent means the regions of the crisis.</param>
public sealed record OpenPostIncidentReview(
    string CrisisKey, string Owner, DateTimeOffset DueAt, string? Title = null, IReadOnlyList<string>? Region = null, bool Exercise = false)
    : Command, IReviewCommand<OpenPostIncidentReview>, INamesStreams
{
    public static CommandRule<PostIncidentReview> Rule { get; } =
        new("open", ReviewGivers.LeadsAndRules, state => state.Stage == ReviewState.None) { Opens = true };

    public IEnumerable<string> Streams() => CrisisKey is null ? [] : [CrisisKey];

    public static Ruling Decide(OpenPostIncidentReview command, PostIncidentReview state, DecisionContext context)
    {
        if (command.CrisisKey is null || context.Streams.GetValueOrDefault(command.CrisisKey) is not Crisis { Stage: not CrisisState.None } crisis)
        {
            return Ruling.Refuse("crisis-known", $"There is no crisis '{command.CrisisKey}'.");
        }

        if (crisis.Stage is not (CrisisState.StoodDown or CrisisState.UnderReview))
        {
            return Ruling.Refuse("crisis-stood-down", $"{crisis.Key} is {crisis.Stage}; what is reviewed has ended, and was not closed.");
        }

        if (crisis.Exercise != command.Exercise)
        {
            return Ruling.Refuse("exercise-apart", "An exercise and a real case are never mixed.");
        }

        if (string.IsNullOrWhiteSpace(command.Owner))
        {
            return Ruling.Refuse("owner-named", "A review has an owner.");
        }

        var tlp = command.Tlp > crisis.Tlp ? command.Tlp.Value : crisis.Tlp;
        return Ruling.Accept(new ReviewOpened(
            crisis.Key, command.Owner, command.DueAt, command.Title ?? crisis.Title, command.Region ?? crisis.Regions, tlp, command.Exercise, crisis.MaskedTerms));
    }

    public static IEnumerable<OpenPostIncidentReview> Samples(PostIncidentReview state, DecisionContext context) =>
        [new("CR-2027-0007", context.Caller.Id, context.Now.AddDays(3))];
}

public sealed record ReviewOpened(
    string CrisisKey,
    string Owner,
    DateTimeOffset DueAt,
    string Title,
    IReadOnlyList<string> Region,
    Tlp Tlp,
    bool Exercise,
    IReadOnlyList<string> MaskedTerms) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with
    {
        Stage = ReviewState.Draft,
        CrisisKey = CrisisKey,
        Owner = Owner,
        DueAt = DueAt,
        DueGeneration = 1,
        Title = Title,
        Regions = [.. Region],
        Tlp = Tlp,
        Exercise = Exercise,
        MaskedTerms = [.. MaskedTerms],
        OpenedAt = stamp.RecordedAt,
    };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp)
    {
        var headline = $"{(Exercise ? "Exercise: " : "")}Review of {CrisisKey} opened: {Title}";
        var meets = $"meets by {DueAt:yyyy-MM-dd HH:mm}Z";
        return new Entry(EntryKind.Review, headline, $"owner {Owner}; {meets}").ToCrossFunctional().ToExecutive(headline, meets);
    }
}
