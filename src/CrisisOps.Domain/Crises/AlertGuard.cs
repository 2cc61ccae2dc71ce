using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

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
