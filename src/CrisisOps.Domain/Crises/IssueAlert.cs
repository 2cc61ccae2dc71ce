using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// Alerts partners, as a CAP message. Each partner reads what is asked and nothing of the others; who does not acknowledge within the
/// window is called (domain §2.2, §4).
/// </summary>
/// <param name="Recipients">Names of the partners.</param>
/// <param name="Headline">What it is about, in a line.</param>
/// <param name="Text">What is asked. Without links, and without names that are masked outside Core.</param>
/// <param name="AckWindow">Absent means as the level says: 20 minutes at Level1, 60 otherwise.</param>
/// <param name="Scope">Restricted or Private; the public is told by a public update.</param>
/// <param name="Indicators">References to hash lists in the vault.</param>
/// <param name="ExpiresAt">When it need not be followed any more.</param>
public sealed record IssueAlert(
    IReadOnlyList<string> Recipients,
    string Headline,
    string Text,
    TimeSpan? AckWindow = null,
    AlertScope Scope = AlertScope.Restricted,
    IReadOnlyList<string>? Indicators = null,
    DateTimeOffset? ExpiresAt = null) : Command, ICrisisCommand<IssueAlert>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("issue-alert");

    public static Ruling Decide(IssueAlert command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.Liaison.Check(state, context) is { } refused)
        {
            return refused;
        }

        string[] recipients = [.. (command.Recipients ?? []).Where(r => !string.IsNullOrWhiteSpace(r)).Distinct(StringComparer.Ordinal)];
        if (recipients.Length == 0)
        {
            return Ruling.Refuse("recipients-named", "Name at least one partner.");
        }

        if (command.Scope == AlertScope.Public)
        {
            return Ruling.Refuse("alert-scope", "An alert to partners is Restricted or Private; the public is told by a public update.", "draft-public-update");
        }

        var window = command.AckWindow ?? context.Rules.Crises.AckWindows[state.Level ?? CrisisLevel.Level3];
        return AlertGuard.Window(window) ?? AlertGuard.Words(command.Headline, command.Text, command.Tlp, command.ExpiresAt, state, context) ?? Ruling.Accept(new PartnerAlertIssued(
            AlertGuard.NextId(state), recipients, window, context.Now + window, AlertGuard.TlpOf(command.Tlp), command.Scope, command.Headline, command.Text,
            command.Indicators ?? [], command.ExpiresAt, state.Type, state.Level ?? CrisisLevel.Level3, state.Assessment?.Certainty ?? Certainty.Unknown));
    }

    public static IEnumerable<IssueAlert> Samples(Crisis state, DecisionContext context) =>
        [new(["VideoHub Alliance", "OpenHash Exchange"], "Live video of an attack", "Please match and remove these hashes, and tell us of new variants.", Indicators: ["EVD-3"])];
}

/// <param name="AlertId">As the CAP message carries it, for example <c>crisisops-CR-2027-0007.1</c>.</param>
/// <param name="Certainty">Of the newest assessment; the message carries it.</param>
public sealed record PartnerAlertIssued(
    string AlertId,
    IReadOnlyList<string> Recipients,
    TimeSpan AckWindow,
    DateTimeOffset AckDueAt,
    Tlp Tlp,
    AlertScope Scope,
    string Headline,
    string Text,
    IReadOnlyList<string> Indicators,
    DateTimeOffset? ExpiresAt,
    CrisisType Type,
    CrisisLevel Level,
    Certainty Certainty) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with
    {
        Alerts = state.Alerts.Add(new PartnerAlert(AlertId, AlertId, Recipients, [], Tlp, Scope, stamp.RecordedAt) { AckDueAt = AckDueAt }),
    };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Alert, $"Alert {AlertId} to {string.Join(", ", Recipients)}: {Headline}", $"{Text} (acknowledgement due {AckDueAt:HH:mm}Z)") { ReleasedAs = Tlp }
            .ToCrossFunctional()
            .ToExecutive($"{Recipients.Count} partner(s) alerted: {Headline}")
            .ToPartner(Headline, $"{Text} Please acknowledge by {AckDueAt:yyyy-MM-dd HH:mm}Z.");
}
