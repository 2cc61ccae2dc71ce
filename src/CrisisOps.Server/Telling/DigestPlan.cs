using System.Globalization;
using System.Text;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Subscriptions;

namespace CrisisOps.Server.Telling;

/// <summary>A digest that is due.</summary>
/// <param name="Subscription">Under which it was kept; empty where it is a duty.</param>
/// <param name="Upto">Told of the incident up to this version.</param>
/// <param name="Held">Something waits for it; otherwise it only says that there is nothing new.</param>
/// <param name="Every">How often its recipient must hear of it, when it was planned.</param>
public sealed record DueDigest(string Recipient, string Incident, string Subscription, long Upto, bool Held, DateTimeOffset DueAt, TimeSpan? Every);

/// <summary>What becomes of it.</summary>
/// <param name="Message">What is sent, or the record that nothing is; null when there is nothing to say.</param>
/// <param name="Every">It is due again this long after.</param>
/// <param name="AsleepUntil">It waits for the end of quiet hours that were not known when it was planned.</param>
/// <param name="Closed">Nothing concerns this recipient any more.</param>
public sealed record DigestPlanned(PlannedDelivery? Message, TimeSpan? Every = null, DateTimeOffset? AsleepUntil = null, bool Closed = false);

/// <summary>Decides what a digest says, when it is due: who it is for, and why, is asked anew.</summary>
public sealed class DigestPlan(Templates templates, SignedLinks links)
{
    /// <param name="reasons">Why this recipient is told of the incident now; none when nothing concerns them any more.</param>
    /// <param name="entries">What has come and was not told to them by itself.</param>
    public async Task<DigestPlanned> Plan(DueDigest digest, IEnumerable<Candidate> reasons, NewsEntry[] entries, NewsContext context, DateTimeOffset now, CancellationToken cancellation)
    {
        // That for which it was kept goes first.
        Candidate[] ordered = [.. reasons.OrderBy(r => KeyOf(r) != digest.Subscription).ThenBy(r => r.Cadence).ThenBy(r => r.Audience)];
        if (ordered.Length == 0 || context.Exercise)
        {
            // It was somebody's duty to know, so that they do not is on the record.
            return new DigestPlanned(digest is { Held: true, Subscription: "" } && !context.Exercise ? OffDuty(digest, entries) : null, Closed: true);
        }

        var every = context.Live ? ordered.Select(r => r.Every).FirstOrDefault(e => e is not null) : null;
        var told = ordered.Where(r => r.Reach is not null).Select(r => (Reason: r, Readable: Readable(r, entries, context))).ToArray();
        if (told.FirstOrDefault(t => t.Readable.Length > 0) is not { Reason: { } reason } best)
        {
            return told.FirstOrDefault(t => t.Reason.Every is not null && Sees(t.Reason, context)) is { Reason: { } quiet } && !digest.Held && context.Live
                ? new DigestPlanned(await Digest(digest, quiet, [], context, cancellation), every)
                : new DigestPlanned(null, every);
        }

        return reason.Subscription?.QuietHours is { } hours && !context.Wakes(hours) && hours.EndOf(now) is { } end
            ? new DigestPlanned(null, every, AsleepUntil: end)
            : new DigestPlanned(await Digest(digest, reason, best.Readable, context, cancellation), every);
    }

    private static string KeyOf(Candidate reason) => reason.Subscription?.Key ?? "";

    private static ReadableEntry[] Readable(Candidate reason, NewsEntry[] entries, NewsContext context) =>
    [
        .. from entry in entries
           let read = NewsReading.Of(reason, entry, context)
           where read.Words is not null
           select new ReadableEntry(entry, read.Audience, read.Words!),
    ];

    /// <summary>Who has lost sight of it hears no more of it, not even that there is nothing new.</summary>
    private static bool Sees(Candidate reason, NewsContext context) => reason.Contact?.Caller is { } caller && Sight.AudienceOf(context.Sight, caller) is not null;

    private static PlannedDelivery OffDuty(DueDigest digest, NewsEntry[] entries) =>
        new(IdOf(digest, ""), digest.Incident, DeliveryKind.Digest, "digest", digest.Recipient, "", Channel.Other, entries.Length == 0 ? Tlp.CLEAR : entries.Max(e => e.Tlp), false, RenderedMessage.None, "off-duty")
        {
            Covers = [.. entries.Select(e => e.Version.ToString(CultureInfo.InvariantCulture))],
        };

    private async Task<PlannedDelivery> Digest(DueDigest digest, Candidate reason, ReadableEntry[] readable, NewsContext context, CancellationToken cancellation)
    {
        var reach = reason.Reach!;
        var tlp = readable.Length == 0 ? Tlp.CLEAR : readable.Max(r => r.Audience == Audience.Public ? Tlp.CLEAR : r.Entry.Tlp);
        var (message, template) = await Message(digest, reason, readable, tlp, context, reach, cancellation);
        return new PlannedDelivery(
            IdOf(digest, reach.Endpoint), digest.Incident, DeliveryKind.Digest, "digest", reach.Recipient, reach.Endpoint, reach.Channel, tlp, reach.Ordered, message ?? RenderedMessage.None,
            message is null ? "template-variable" : null)
        {
            Audience = readable.Length == 0 ? null : readable[0].Audience,
            Template = template,
            Subscription = reason.Subscription?.Key,
            Covers = [.. readable.Select(r => r.Entry.Version.ToString(CultureInfo.InvariantCulture))],
        };
    }

    // Two nodes whose clocks differ may keep something for an instant at which the digest was written already.
    private static string IdOf(DueDigest digest, string endpoint) =>
        DeliveryRows.IdOf(string.Create(CultureInfo.InvariantCulture, $"digest|{digest.Incident}|{digest.DueAt:O}|{digest.Upto}"), DeliveryKind.Digest, digest.Recipient, endpoint);

    private async Task<(RenderedMessage?, string)> Message(
        DueDigest digest, Candidate reason, ReadableEntry[] readable, Tlp tlp, NewsContext context, Reach reach, CancellationToken cancellation)
    {
        var values = TemplateVariables.Unset(DeliveryKind.Digest);
        var items = new StringBuilder();
        foreach (var one in readable)
        {
            items.Append(CultureInfo.InvariantCulture, $"{reach.Time(one.Entry.OccurredAt)}: {one.Words.All}\n\n");
        }

        var text = reason.Audience == Audience.Public ? items.ToString() : Reach.WithoutLinks(items.ToString());
        values["incident"] = reason.Audience == Audience.Public ? null : digest.Incident;
        values["headline"] = readable.Length == 0 ? null : text.Split('\n')[0];
        values["body"] = readable.Length == 0 ? null : string.Join('\n', text.TrimEnd().Split('\n')[1..]);
        values["quiet"] = readable.Length == 0 ? "true" : null;
        values["tlp"] = TlpNames.Of(tlp);
        values["unsubscribe"] = reason.Subscription is { } subscription ? links.To(SubscriptionLinks.Unsubscribe, subscription.Key) : null;
        NewsMessages.Next(values, !context.Live, (context.State as Crisis)?.NextSitRepDue, reach);
        var (message, template) = await templates.Render(DeliveryKind.Digest, readable.Length == 0 ? null : reason.Audience, reach, values, cancellation);
        return (message is null ? null : message with { Told = readable.Length == 0 ? "nothing new" : items.ToString().TrimEnd() }, template);
    }

    private sealed record ReadableEntry(NewsEntry Entry, Audience Audience, EntryWords Words);
}
