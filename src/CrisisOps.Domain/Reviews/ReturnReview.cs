using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>Gives a submitted review back to its writers: by a duty lead who misses something, or by whoever submitted it.</summary>
public sealed record ReturnReview(string Reason) : Command, IReviewCommand<ReturnReview>
{
    public static CommandRule<PostIncidentReview> Rule { get; } = ReviewGivers.Rule("return", ReviewGivers.Staff, ReviewState.InReview);

    public static Ruling Decide(ReturnReview command, PostIncidentReview state, DecisionContext context)
    {
        if (!context.Caller.Is(Role.DutyLead) && context.Caller.Id != state.SubmittedBy)
        {
            return new Ruling.Refused(new Refusal(RefusalKind.Forbidden, "return-giver", $"This is given by a duty lead, or by {state.SubmittedBy}, who submitted it.")
            {
                Roles = [Role.DutyLead],
            });
        }

        return string.IsNullOrWhiteSpace(command.Reason)
            ? Ruling.Refuse("reason-given", "Say in reason what is missing.")
            : Ruling.Accept(new ReviewReturned(command.Reason));
    }

    public static IEnumerable<ReturnReview> Samples(PostIncidentReview state, DecisionContext context) => [new("The partners' side is missing.")];
}

public sealed record ReviewReturned(string Reason) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with { Stage = ReviewState.Draft, SubmittedBy = null, FactsHash = null };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp) =>
        new Entry(EntryKind.Review, "Returned to draft", Reason).ToCrossFunctional();
}
