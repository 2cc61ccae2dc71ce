using System.Collections.Immutable;
using System.Globalization;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Channels.Cap;

/// <summary>
/// The CAP messages of an alert, one for each partner: none of them tells of another. The crisis is always given as the event left it, so
/// that the message of an event is the same whenever it is made (domain §6.1, mapping).
/// </summary>
public static class CapMessages
{
    /// <summary>The texts are written in one language, whatever is spoken where it happens.</summary>
    private const string Language = "en";

    public const string Ask = "crisisops:ask";
    public const string HashList = "crisisops:hashList";

    public static CapMessage Of(PartnerAlertIssued alert, Crisis crisis, CapEnvelope envelope)
    {
        var told = new Telling(crisis, envelope, alert.Recipients);
        return told.Message(
            alert.AlertId, CapMessageType.Alert, alert.Scope, alert.Tlp, [],
            told.Asking(alert.Type, alert.Level, alert.Certainty, alert.Headline, alert.Text, alert.AckDueAt, alert.Indicators, alert.ExpiresAt));
    }

    /// <param name="earlier">At least the messages that the event references, in any order; see <see cref="CapReference.Of"/>.</param>
    public static CapMessage Of(PartnerAlertUpdated update, Crisis crisis, CapEnvelope envelope, IEnumerable<CapReference> earlier)
    {
        var told = new Telling(crisis, envelope, update.Recipients);
        return told.Message(
            update.AlertId, CapMessageType.Update, update.Scope, update.Tlp, Named(update.References, earlier),
            told.Asking(update.Type, update.Level, update.Certainty, update.Headline, update.Text, update.AckDueAt, update.Indicators, update.ExpiresAt));
    }

    /// <param name="earlier">At least the messages that the event references, in any order; see <see cref="CapReference.Of"/>.</param>
    public static CapMessage Of(PartnerAlertCancelled cancel, Crisis crisis, CapEnvelope envelope, IEnumerable<CapReference> earlier)
    {
        var told = new Telling(crisis, envelope, cancel.Recipients);
        return told.Message(cancel.AlertId, CapMessageType.Cancel, cancel.Scope, cancel.Tlp, Named(cancel.References, earlier), told.AllClear(cancel));
    }

    private static ImmutableArray<CapReference> Named(IReadOnlyList<string> ids, IEnumerable<CapReference> earlier)
    {
        var known = earlier.ToDictionary(r => r.Identifier, StringComparer.Ordinal);
        return ids.FirstOrDefault(id => !known.ContainsKey(id)) is { } missing
            ? throw new ArgumentException($"The earlier message {missing} is not given.", nameof(earlier))
            : [.. ids.Select(id => known[id])];
    }

    /// <summary>One crisis told to one partner.</summary>
    private sealed record Telling
    {
        private readonly Crisis _crisis;
        private readonly CapEnvelope _envelope;
        private readonly IReadOnlyList<string> _recipients;

        public Telling(Crisis crisis, CapEnvelope envelope, IReadOnlyList<string> recipients)
        {
            if (!recipients.Contains(envelope.Recipient, StringComparer.Ordinal))
            {
                throw new ArgumentException("This alert is not for that partner.", nameof(envelope));
            }

            (_crisis, _envelope, _recipients) = (crisis, envelope, recipients);
        }

        public CapMessage Message(
            string identifier, CapMessageType type, AlertScope scope, Tlp tlp, ImmutableArray<CapReference> references, CapInfo info) => new(
            identifier, _envelope.Sender.Address, _envelope.Sent, _crisis.Exercise ? CapStatus.Exercise : CapStatus.Actual, type, scope,
            // "Used when scope is Restricted": receivers take it for an error elsewhere, so a Private message has its TLP in the code alone.
            scope == AlertScope.Restricted ? $"TLP:{TlpNames.Of(tlp)}" : null,
            scope == AlertScope.Private ? Quoted(_envelope.Recipient) : null,
            [$"tlp:{TlpNames.Of(tlp).ToLowerInvariant()}"], _crisis.Exercise ? $"Exercise {_crisis.Key}" : null, references, _crisis.Key, info);

        public CapInfo Asking(
            CrisisType type, CrisisLevel level, Certainty certainty, string headline, string text, DateTimeOffset? ackDueAt, IReadOnlyList<string> indicators, DateTimeOffset? expires)
        {
            var ask = Readable(text);
            var instruction = ackDueAt is { } due
                ? string.Create(CultureInfo.InvariantCulture, $"{ask} Please acknowledge by {due.UtcDateTime:yyyy-MM-dd HH:mm} UTC.")
                : ask;
            return Info(type, CapResponseType.Execute, _crisis.Live ? CapUrgency.Immediate : CapUrgency.Past, level, certainty, headline) with
            {
                Expires = expires,
                Instruction = instruction,
                Parameters = [new(Ask, ask), .. indicators.Select(i => new CapParameter(HashList, CapText.Line(Readable(i))))],
            };
        }

        /// <summary>Of one alert, which it names: others may go on. The event has no level of its own: it is the crisis's last.</summary>
        public CapInfo AllClear(PartnerAlertCancelled cancel) =>
            Info(_crisis.Type, CapResponseType.AllClear, CapUrgency.Past, _crisis.Level, _crisis.Assessment?.Certainty ?? Certainty.Unknown, $"All clear: {cancel.Chain}") with
            {
                Description = Readable(cancel.Text),
            };

        private CapInfo Info(CrisisType type, CapResponseType response, CapUrgency urgency, CrisisLevel? level, Certainty certainty, string headline) => new(
            Language, CapMeaning.CategoryOf(type), CapMeaning.Words(type), [response], urgency, CapMeaning.SeverityOf(level), certainty, null, _envelope.Sender.DisplayName,
            // Not every screen shows the status, and nobody shall take down content for an exercise.
            (_crisis.Exercise ? "EXERCISE: " : "") + CapText.Line(Readable(headline)), null, null, [], CapMeaning.AreaOf(_crisis.Regions));

        private string Readable(string text) => CapText.ForPartner(text, _envelope.Recipient, _recipients, _crisis.MaskedTerms);

        // "Addresses including white space MUST be enclosed in double quotes" (CAP 1.2, 3.2.1); there is no way to write a quote inside.
        private static string Quoted(string name) => CapText.Line(CapText.Plain(name)).Replace('"', '\'') is var plain && plain.Contains(' ') ? $"\"{plain}\"" : plain;
    }
}
