using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>A partner has acknowledged an alert. It counts for the earlier messages of that alert too. A delivery receipt is not an acknowledgement (domain §4).</summary>
/// <param name="By">The person there who acknowledged, by role or reference.</param>
public sealed record RecordPartnerAck(string AlertId, string Partner, Channel Channel, string By) : Command, ICrisisCommand<RecordPartnerAck>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule(
        "record-partner-ack", CrisisGivers.StaffAndRules, CrisisState.Active, CrisisState.Stabilizing, CrisisState.StoodDown, CrisisState.UnderReview, CrisisState.Annulled);

    public static Ruling Decide(RecordPartnerAck command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.Liaison.Check(state, context) is { } refused)
        {
            return refused;
        }

        if (state.Alerts.Find(a => a.AlertId == command.AlertId) is not { } alert || !alert.Recipients.Contains(command.Partner))
        {
            return Ruling.Refuse("alert-addressed", $"'{command.Partner}' is no recipient of an alert '{command.AlertId}'.");
        }

        return alert.Silent.Contains(command.Partner)
            ? Ruling.Accept(new PartnerAckRecorded(command.AlertId, command.Partner, command.Channel, command.By))
            : Ruling.Refuse("acknowledged-once", $"{command.Partner} acknowledged {alert.AlertId} already.");
    }

    public static IEnumerable<RecordPartnerAck> Samples(Crisis state, DecisionContext context) => state.Stage == CrisisState.None
        ? [new("crisisops-CR-2027-0007.1", "OpenHash Exchange", Channel.Phone, "duty officer")]
        : state.Alerts.SelectMany(a => a.Silent.Select(partner => new RecordPartnerAck(a.AlertId, partner, Channel.Phone, "duty officer")));
}

public sealed record PartnerAckRecorded(string AlertId, string Partner, Channel Channel, string By) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp)
    {
        var acknowledged = state.Alerts.FindIndex(a => a.AlertId == AlertId);
        var chain = state.Alerts[acknowledged].Chain;
        var ack = new PartnerAck(Partner, Channel, By, stamp.OccurredAt);
        return state with
        {
            Alerts = [.. state.Alerts.Select((a, index) => a.Chain == chain && index <= acknowledged && a.Silent.Contains(Partner) ? a with { Acks = [.. a.Acks, ack] } : a)],
        };
    }

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Ack, $"{Partner} acknowledged {AlertId} ({Channel}, {By})").ToCrossFunctional($"{Partner} acknowledged {AlertId}");
}
