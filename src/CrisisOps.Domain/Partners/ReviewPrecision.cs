using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>Records how many of the partner's notices were right. The count replaces the one before.</summary>
/// <param name="Upheld">Notices that were acted on and stayed so; 0 to <paramref name="Total"/>.</param>
/// <param name="Total">Notices looked at; 1 to 1,000,000.</param>
public sealed record ReviewPrecision(int Upheld, int Total) : Command, IPartnerCommand<ReviewPrecision>
{
    private const int MostNotices = 1_000_000;

    public static CommandRule<Partner> Rule { get; } = PartnerGivers.WhileOpen("review-precision", PartnerGivers.Managers);

    public static Ruling Decide(ReviewPrecision command, Partner state, DecisionContext context)
    {
        if (command.Total is < 1 or > MostNotices)
        {
            return Ruling.Refuse("precision-total", "total is the number of notices looked at: 1 to 1,000,000.");
        }

        return command.Upheld < 0 || command.Upheld > command.Total
            ? Ruling.Refuse("precision-upheld", $"upheld is how many of the {command.Total} were right: 0 to {command.Total}.")
            : Ruling.Accept(new PartnerPrecisionReviewed(command.Upheld, command.Total));
    }

    public static IEnumerable<ReviewPrecision> Samples(Partner state, DecisionContext context) => [new(46, 50)];
}

public sealed record PartnerPrecisionReviewed(int Upheld, int Total) : IPartnerEvent
{
    public Partner Apply(Partner state, Stamp stamp) => state with { Precision = new NoticePrecision(Upheld, Total, stamp.OccurredAt) };

    public Entry Say(Partner before, Partner after, Stamp stamp) =>
        new Entry(EntryKind.Review, FormattableString.Invariant($"{Upheld} of {Total} notices upheld")).ToCrossFunctional();
}
