using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>Another owner, named by the present one or by a duty lead. The due time stays.</summary>
public sealed record ReassignReview(string Owner, string? Reason = null) : Command, IReviewCommand<ReassignReview>, INamesPeople
{
    public static CommandRule<PostIncidentReview> Rule { get; } =
        ReviewGivers.Rule("reassign", ReviewGivers.Staff, ReviewState.Draft, ReviewState.InReview, ReviewState.Reviewed);

    public IEnumerable<string> People(string caller) => Owner is null ? [] : [Owner];

    public static Ruling Decide(ReassignReview command, PostIncidentReview state, DecisionContext context)
    {
        if (ReviewGivers.Owner(state, context) is { } refused)
        {
            return refused;
        }

        if (command.Owner == state.Owner)
        {
            return Ruling.Refuse("owner-new", $"{state.Owner} owns it already.");
        }

        // Whoever gives the command is known by their token.
        return context.Person(command.Owner) switch
        {
            null when command.Owner != context.Caller.Id => Ruling.Refuse("person-known", $"Nobody called '{command.Owner}' is in the directory."),
            { } known when known.Clearance < state.Tlp => Ruling.Refuse("person-cleared", $"'{command.Owner}' is not cleared for TLP:{TlpNames.Of(state.Tlp)}."),
            _ => Ruling.Accept(new ReviewReassigned(state.Owner, command.Owner, command.Reason)),
        };
    }

    public static IEnumerable<ReassignReview> Samples(PostIncidentReview state, DecisionContext context) =>
        context.People.Keys.Order(StringComparer.Ordinal).Append(context.Caller.Id).Select(person => new ReassignReview(person, "was there all night"));

    public static Candidates? ChoosesFrom(PostIncidentReview state, Caller caller) => new Candidates.Colleagues(state.Tlp, [state.Owner, caller.Id]);
}

public sealed record ReviewReassigned(string From, string To, string? Reason) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with { Owner = To };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"{To} owns the review instead of {From}", Reason).ToCrossFunctional();
}
