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

/// <summary>What holds for every message to partners, and the messages by id.</summary>
internal static class AlertGuard
{
    /// <summary>The next id: the key of the crisis and a counter, so no spaces, commas, &lt; or &amp; (domain §6.1).</summary>
    public static string NextId(Crisis state) => $"crisisops-{state.Key}.{state.Alerts.Count + 1}";

    public static Tlp TlpOf(Tlp? named) => named ?? Tlp.AMBER;

    public static Ruling? Window(TimeSpan? window) => window is { } time && (time <= TimeSpan.Zero || time > TimeSpan.FromDays(7))
        ? Ruling.Refuse("ack-window", "ackWindow is more than nothing and at most a week.")
        : null;

    public static Ruling? Words(string headline, string text, Tlp? tlp, DateTimeOffset? expires, Crisis state, DecisionContext context)
    {
        if (string.IsNullOrWhiteSpace(headline) || string.IsNullOrWhiteSpace(text))
        {
            return Ruling.Refuse("alert-text", "Say in headline what it is, and in text what you ask for.");
        }

        if (TlpOf(tlp) > Tlp.AMBER)
        {
            return Ruling.Refuse("alert-tlp", "Partners read up to TLP:AMBER; say less, or tell one of them in person.");
        }

        if (expires <= context.Now)
        {
            return Ruling.Refuse("expiry-ahead", "expiresAt must lie ahead.");
        }

        if (state.Leaked(headline, text) is { } term)
        {
            return Ruling.Refuse("masked-term", $"'{term}' is not told outside Core; leave it out.");
        }

        return $"{headline} {text}".Contains("://", StringComparison.Ordinal)
            ? Ruling.Refuse("no-links", "No links in an alert, they may lead to the content itself; name references in indicators.")
            : null;
    }

    /// <summary>Every message of an alert so far: what the next one references.</summary>
    public static PartnerAlert[] Chain(this Crisis state, string? alertId) => state.Alerts.Find(a => a.AlertId == alertId) is { } named
        ? [.. state.Alerts.Where(a => a.Chain == named.Chain)]
        : [];

    /// <summary>The messages of an alert that is still open, or the refusal that says why there is none.</summary>
    public static (PartnerAlert[] Messages, Ruling? Refused) OpenChain(this Crisis state, string? alertId) => state.Chain(alertId) switch
    {
        [] => ([], Ruling.Refuse("alert-open", $"There is no alert '{alertId}'.")),
        [{ Cancelled: true } first, ..] => ([], Ruling.Refuse("alert-open", $"{first.AlertId} was cancelled already.")),
        var messages => (messages, null),
    };
}
