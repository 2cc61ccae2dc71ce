using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// A partner did not acknowledge an alert within its window: the telephone is next (domain §3, P12). Once for each partner and
/// message; none for a partner whose delivery was acknowledged.
/// </summary>
public sealed record MarkPartnerAckOverdue(string AlertId, string Partner) : Command, ICrisisCommand<MarkPartnerAckOverdue>, INamesFacts<Crisis>
{
    /// <summary>The fact that a delivery knows of an acknowledgement, by message and partner as the deadline names them.</summary>
    public const string AckFact = "partner-ack";

    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Timer("mark-partner-ack-overdue");

    /// <summary>What a timer gives, from the reference of its deadline.</summary>
    public static MarkPartnerAckOverdue From(string reference)
    {
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        return new(reference[..slash], reference[(slash + 1)..]);
    }

    public IEnumerable<(string Kind, string Id)> Facts(Crisis state) => [(AckFact, CrisisDeadlines.AckRef(AlertId, Partner))];

    public static Ruling Decide(MarkPartnerAckOverdue command, Crisis state, DecisionContext context) =>
        state is { Live: true } && state.Alerts.Find(a => a.AlertId == command.AlertId) is { Cancelled: false, AckDueAt: { } due } alert && due <= context.Now
            && alert.Silent.Contains(command.Partner) && !alert.Overdue.Contains(command.Partner)
            // Its delivery knows of an acknowledgement: nothing was missed, and nothing is recorded.
            ? command.Facts(state).Any(f => context.Fact(f.Kind, f.Id) is not null)
                ? Ruling.Accept()
                : Ruling.Accept(new PartnerAckOverdue(command.Partner, command.AlertId, due, Channel.Phone))
            : Ruling.Refuse("deadline-current", "This partner acknowledged, the alert is over, or it is not due.");

    public static IEnumerable<MarkPartnerAckOverdue> Samples(Crisis state, DecisionContext context) => [];
}

/// <param name="FallbackChannel">How the partner is reached now.</param>
public sealed record PartnerAckOverdue(string Partner, string AlertId, DateTimeOffset DueAt, Channel FallbackChannel) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with
    {
        Alerts = state.Alerts.ConvertAll(a => a.AlertId == AlertId ? a with { Overdue = [.. a.Overdue, Partner] } : a),
    };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"{Partner} did not acknowledge {AlertId} by {DueAt:HH:mm}Z; next: {FallbackChannel}").ToCrossFunctional();
}
