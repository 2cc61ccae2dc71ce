using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Telling;

/// <summary>Who would be told by a command that was only tried, with the very words for each, and who would not and why.</summary>
public sealed partial class DryRunTelling(NewsPlan news, RequesterPlan requesters, AlertTelling alerts, DigestRows digests, StreamKinds kinds, SubscriptionBook books, PartnerDirectory partners)
{
    /// <returns>The answer with <c>recipients</c> and <c>leftOut</c>; as it was when the command tells nobody anything.</returns>
    public async Task<string> Answer(string answer, IReadOnlyList<PendingEvent> pending, CancellationToken cancellation)
    {
        List<PlannedDelivery> planned = [];
        List<(PlannedDigest Digest, string Kind)> later = [];
        List<LeftOut> leftOut = [];
        foreach (var @event in pending.Select(Released))
        {
            if (News.Of(@event.Data) is { } told && @event.Entry is not null)
            {
                var plan = await news.Plan(@event.Data, NewsEntry.Of(@event, told), NewsContext.Of(kinds.Of(@event.Key), @event.After, @event.Stamp.RecordedAt), await digests.Held(@event.Key, cancellation), cancellation);
                planned.AddRange(plan.Deliveries.Where(d => d.Suppressed is null or "template-variable"));
                later.AddRange(plan.Digests.Where(d => d.Holds).Select(d => (d, $"{told.Kind}")));
                leftOut.AddRange(plan.LeftOut);
            }

            planned.AddRange(@event.After switch
            {
                Crisis crisis => await alerts.Plan(@event.Id, @event.Data, crisis, @event.Stamp, cancellation),
                Escalation escalation when await requesters.Plan(@event.Id.ToString(), @event.Data, @event.Tlp, escalation, @event.Stamp, cancellation) is { } one => [one],
                _ => [],
            });
        }

        if (planned.Count + later.Count + leftOut.Count == 0)
        {
            return answer;
        }

        var book = await books.Now(cancellation);
        var known = await partners.Named([.. planned.Select(d => d.Recipient).Concat(later.Select(l => l.Digest.Recipient)).Concat(leftOut.Select(l => l.Recipient)).Distinct(StringComparer.Ordinal)], cancellation);
        string Name(string key) =>
            book.ByKey.TryGetValue(key, out var booked) && booked.Contact.Kind != Domain.Contacts.ContactKind.Requester ? booked.Contact.Ref
            : known.TryGetValue(key, out var partner) ? partner.Name
            : key;
        var json = JsonNode.Parse(answer)!.AsObject();
        json["recipients"] = JsonSerializer.SerializeToNode(
            planned.Where(d => d.Suppressed is null).Select(d => new TriedRecipient(
                d.Recipient, Name(d.Recipient), d.Kind, d.Channel, d.Audience, Domain.Shared.TlpNames.Of(d.Tlp), d.Message.Subject, Link().Replace(d.Message.Text, "$1…"), d.NotBefore, null))
            .Concat(later.Select(l => new TriedRecipient(l.Digest.Recipient, Name(l.Digest.Recipient), DeliveryKind.Digest, null, l.Digest.Audience, null, null, null, l.Digest.DueAt, l.Kind))),
            Json.Stored);
        json["leftOut"] = JsonSerializer.SerializeToNode(
            leftOut.Select(l => new { l.Recipient, Name = Name(l.Recipient), l.Because, l.Why })
                .Concat(planned.Where(d => d.Suppressed is not null).Select(d => new { d.Recipient, Name = Name(d.Recipient), Because = $"{d.Kind}", Why = d.Suppressed! })),
            Json.Stored);
        return json.ToJsonString(Json.Stored);
    }

    // What a link may do is for its receiver.
    [GeneratedRegex("(/v1/links/[a-z]+/)[A-Za-z0-9_-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    /// <summary>An update that is held back, as it will be when it goes out.</summary>
    private PendingEvent Released(PendingEvent pending) => pending is { Data: CrisisUpdateHeld held, After: Crisis crisis }
        ? PendingEvent.On(
            crisis, kinds.Of(pending.Key), pending.Key, held.Update.Post(crisis, held.ReleaseAt), pending.Stamp with { Version = pending.Stamp.Version + 1 }, pending.Caller, pending.Terms, held.Update.Tlp)
        : pending;

    /// <param name="NotBefore">When it goes out, if not at once, UTC.</param>
    /// <param name="Holds">For a digest: the kind of news that it will hold.</param>
    private sealed record TriedRecipient(
        string Recipient, string Name, DeliveryKind Kind, Channel? Channel, Domain.Shared.Audience? Audience, string? Tlp, string? Subject, string? Text, DateTimeOffset? NotBefore, string? Holds);
}
