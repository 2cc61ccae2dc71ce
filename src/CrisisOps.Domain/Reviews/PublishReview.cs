using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>
/// Tells an audience what an approved review came to, in a text for that audience. To the public it is a statement of its own,
/// TLP:CLEAR, by communications or a duty lead; partners are told by name, not here.
/// </summary>
public sealed record PublishReview(Audience Audience, string Summary) : Command, IReviewCommand<PublishReview>, INamesStreamsOf<PostIncidentReview>
{
    public static CommandRule<PostIncidentReview> Rule { get; } = ReviewGivers.Rule("publish", ReviewGivers.Staff, ReviewState.Reviewed, ReviewState.Closed);

    /// <summary>The crisis: it may mask more by now than when the review was opened.</summary>
    public IEnumerable<string> Streams(PostIncidentReview state) => [state.CrisisKey];

    public static Ruling Decide(PublishReview command, PostIncidentReview state, DecisionContext context)
    {
        if (!(command.Audience == Audience.Public && context.Caller.Is(Role.Communications)) && Giver(command.Audience, state, context) is { } refused)
        {
            return refused;
        }

        if (command.Audience is Audience.Core or Audience.Partner)
        {
            return Ruling.Refuse("audience-outward", "Core reads the review itself, and partners are told by name: publish to CrossFunctional, Executive or Public.");
        }

        if (string.IsNullOrWhiteSpace(command.Summary))
        {
            return Ruling.Refuse("summary-given", "Say in summary what this audience reads.");
        }

        if (command.Audience == Audience.Public && state.Exercise)
        {
            return Ruling.Refuse("exercise-inside", "An exercise is told to nobody outside.");
        }

        if (state.Published.Contains(command.Audience))
        {
            return Ruling.Refuse("published-once", $"{command.Audience} was told already.");
        }

        if (context.Streams.GetValueOrDefault(state.CrisisKey) is not Crisis crisis)
        {
            return Ruling.Refuse("crisis-known", $"{state.CrisisKey} can not be read by you, and what it masks is unknown; let somebody publish who may read it.");
        }

        return crisis.MaskedTerms.Union(state.MaskedTerms).FirstOrDefault(term => command.Summary.Contains(term, StringComparison.OrdinalIgnoreCase)) is { } leaked
            ? Ruling.Refuse("masked-term", $"'{leaked}' is never told outside Core; leave it out.")
            : Ruling.Accept(new ReviewPublished(command.Audience, command.Summary));
    }

    public static IEnumerable<PublishReview> Samples(PostIncidentReview state, DecisionContext context) =>
        new[] { Audience.CrossFunctional, Audience.Executive, Audience.Public }
            .Select(audience => new PublishReview(audience, "We were told early and answered late where nobody read the language; this is changed."));

    /// <summary>The owner tells colleagues; what goes public is not the owner's to say.</summary>
    private static Ruling? Giver(Audience audience, PostIncidentReview state, DecisionContext context) =>
        audience == Audience.Public && !context.Caller.Is(Role.DutyLead)
            ? new Ruling.Refused(new Refusal(RefusalKind.Forbidden, "public-giver", "What goes public is said by communications or a duty lead.")
            {
                Roles = [Role.Communications, Role.DutyLead],
            })
            : ReviewGivers.Owner(state, context);
}

public sealed record ReviewPublished(Audience Audience, string Summary) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with { Published = state.Published.Add(Audience) };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp)
    {
        var entry = new Entry(EntryKind.Review, $"Published to {Audience}", Summary);
        return Audience switch
        {
            Audience.Executive => entry.ToExecutive("What the review came to", Summary),
            Audience.Public => (entry with { ReleasedAs = Tlp.CLEAR }).ToPublic(Summary),
            _ => entry.ToCrossFunctional("What the review came to", Summary),
        };
    }
}
