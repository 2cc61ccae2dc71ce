using System.Globalization;
using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Contacts;
using CrisisOps.Server.Deliveries;

namespace CrisisOps.Server.Telling;

/// <summary>Who is not told, and why; for the dry run, and for the record where it is somebody's duty to know.</summary>
public sealed record LeftOut(string Recipient, string Because, string Why);

/// <summary>Somebody who is told later, with whatever else has come by then.</summary>
/// <param name="Upto">Told of the incident up to this version.</param>
/// <param name="Holds">Something waits for it; otherwise it is the time by which they hear of it in any case.</param>
public sealed record PlannedDigest(string Recipient, Audience Audience, string Subscription, long Upto, DateTimeOffset DueAt, bool Holds, TimeSpan? Every);

/// <summary>What is to be done about one piece of news.</summary>
public sealed record NewsPlanned(IReadOnlyList<PlannedDelivery> Deliveries, IReadOnlyList<PlannedDigest> Digests, IReadOnlyList<LeftOut> LeftOut);

/// <summary>
/// Decides who is told a piece of news, where, when and in which words. It writes nothing: a dry run asks the same.
/// </summary>
public sealed class NewsPlan(SubscriptionBook books, NewsCandidates candidates, ToldBefore told, NewsMessages messages, PartnerDirectory partners, TellingSettings settings, TimeProvider clock)
{
    /// <param name="event">The event itself, where it names persons.</param>
    /// <param name="held">Recipients for whom something of this incident waits: it comes with that, unless it can not wait.</param>
    public async Task<NewsPlanned> Plan(object @event, NewsEntry entry, NewsContext context, IReadOnlySet<string> held, CancellationToken cancellation)
    {
        var (book, now) = (await books.Now(cancellation), clock.GetUtcNow());
        var plan = new Draft(entry, context, now);
        var before = entry.News.Ends || entry.News.Corrects is not null ? await told.Of(entry, cancellation) : [];
        var recent = entry.News.ByItself ? [] : await told.Recently(entry.Stream, now - settings.Window, cancellation);
        if (!entry.News.Ends && entry.News.Kind != DeliveryKind.Withdrawal)
        {
            foreach (var same in (await candidates.Of(@event, entry, context, book, now, cancellation)).GroupBy(c => c.Recipient, StringComparer.Ordinal))
            {
                if (held.Contains(same.Key) && Waits(same, plan, before))
                {
                    continue;
                }

                await Decide([.. same], plan, recent.GetValueOrDefault(same.Key), cancellation);
            }
        }

        // Whoever has the wrong text gets the new one, or at least that it is wrong; whoever was told that something is on, that it is over.
        foreach (var was in before.Where(b => !plan.Has(b.Recipient)))
        {
            await Again(was, book, plan, cancellation);
        }

        return new NewsPlanned(plan.Deliveries, plan.Digests, plan.Out);
    }

    /// <summary>
    /// Whether it comes with what waits for this recipient anyway. What wakes them does not wait for the end of their quiet hours, and brings the rest
    /// with it if it has to wait itself; a correction waits for nothing where the wrong text is, and comes corrected with the rest where it never came.
    /// </summary>
    private static bool Waits(IEnumerable<Candidate> reasons, Draft plan, IReadOnlyList<Told> before)
    {
        var news = plan.Entry.News;
        return news.ByItself
            ? news.Kind == DeliveryKind.Correction && !before.Any(b => b.Recipient == reasons.First().Recipient)
            : !reasons.Any(r => (r.Cadence == Cadence.Immediate || r.Subscription?.QuietHours is not null) && plan.Context.Wakes(r.Subscription?.QuietHours));
    }

    /// <summary>One recipient, who can be meant for several reasons: told once, by the first reason under which there is something to tell.</summary>
    private async Task Decide(Candidate[] reasons, Draft plan, Recent? recent, CancellationToken cancellation)
    {
        var why = "";
        foreach (var candidate in reasons.OrderBy(c => c.Cadence).ThenBy(c => c.Audience))
        {
            why = await Tell(candidate, plan, recent, cancellation);
            if (why.Length == 0)
            {
                return;
            }
        }

        plan.Leave(reasons[0], why, Silent(why, reasons[0], entry: plan.Entry));
    }

    /// <returns>Why not; empty when they are told.</returns>
    private async Task<string> Tell(Candidate candidate, Draft plan, Recent? recent, CancellationToken cancellation)
    {
        var (entry, context) = (plan.Entry, plan.Context);
        var (audience, why, words) = NewsReading.Of(candidate, entry, context);
        if (words is null || candidate.Reach is not { } reach)
        {
            return words is null ? why : "no-contact";
        }

        var (later, digest) = When(candidate, plan, recent);
        if (digest && later is { } due)
        {
            plan.Digests.Add(new PlannedDigest(candidate.Recipient, audience, candidate.Subscription?.Key ?? "", entry.Version - 1, due, Holds: true, candidate.Every));
            return "";
        }

        var id = DeliveryRows.IdOf(entry.Cause, entry.News.Kind, candidate.Recipient, reach.Endpoint);
        var (message, template) = await messages.Of(id, entry, words, audience, reach, candidate.Subscription, cancellation);
        plan.Add(candidate, reach, audience, Secrecy(entry, audience), id, message, template, later);
        if (candidate.Every is { } every && context.Live)
        {
            plan.Digests.Add(new PlannedDigest(candidate.Recipient, audience, "", entry.Version, plan.Now + every, Holds: false, every));
        }

        return "";
    }

    private static Tlp Secrecy(NewsEntry entry, Audience audience) => audience == Audience.Public ? Tlp.CLEAR : entry.Tlp;

    /// <summary>Not before when, if not now; and whether it waits there for others of the same incident.</summary>
    private (DateTimeOffset? Later, bool Digest) When(Candidate candidate, Draft plan, Recent? recent)
    {
        var news = plan.Entry.News;
        var hours = candidate.Subscription?.QuietHours;
        var wakes = news.Personal || plan.Context.Wakes(hours);
        var quiet = wakes ? null : hours?.EndOf(plan.Now);
        return news.ByItself ? (quiet, false)
            // A digest that would come in the middle of the night comes at its end.
            : Later(quiet, Next(candidate.Cadence, plan.Now), Crowded(news, recent, plan.Now)) is { } due ? (wakes ? due : hours?.EndOf(due) ?? due, true)
            : (null, false);
    }

    private DateTimeOffset? Crowded(News news, Recent? recent, DateTimeOffset now) =>
        news.ByItself || recent is null || recent.Count < settings.MostInWindow ? null : recent.First + settings.Window > now ? recent.First + settings.Window : now;

    private static DateTimeOffset? Later(params ReadOnlySpan<DateTimeOffset?> times)
    {
        DateTimeOffset? latest = null;
        foreach (var time in times)
        {
            latest = time is null || latest > time ? latest : time;
        }

        return latest;
    }

    /// <summary>The next full quarter of an hour, hour or day, UTC.</summary>
    private static DateTimeOffset? Next(Cadence cadence, DateTimeOffset now)
    {
        var step = cadence switch { Cadence.Digest15m => TimeSpan.FromMinutes(15), Cadence.Hourly => TimeSpan.FromHours(1), Cadence.Daily => TimeSpan.FromDays(1), _ => TimeSpan.Zero };
        return step == TimeSpan.Zero ? null : new DateTimeOffset(now.UtcTicks - (now.UtcTicks % step.Ticks) + step.Ticks, TimeSpan.Zero);
    }

    /// <summary>
    /// Somebody who has an earlier text, or heard that something is on. Where they may not read the words of now, they get words that say nothing but that:
    /// who was told "open" and then lost sight of it must not wait for ever.
    /// </summary>
    private async Task Again(Told was, Book book, Draft plan, CancellationToken cancellation)
    {
        var entry = plan.Entry;
        var candidate = book.ByKey.TryGetValue(was.Recipient, out var contact)
            ? new Candidate(contact.Contact.Ref, contact, null, "told before", was.Audience ?? Audience.Core, Tlp.RED, [])
            : new Candidate(was.Recipient, null, null, "told before", was.Audience ?? Audience.Core, Tlp.RED, []);
        if (plan.Context.Exercise)
        {
            plan.Leave(candidate, "exercise", silent: false);
            return;
        }

        var (audience, _, words) = NewsReading.Of(candidate with { Name = "" }, entry, plan.Context);
        Audience? read = words is not null ? audience : was.Audience == Audience.Public ? Audience.Public : null;
        var kind = entry.News.Ends ? entry.News.Kind : words is null ? DeliveryKind.Withdrawal : entry.News.Kind;
        var reach = await ReachOf(was, contact?.Contact, cancellation);
        var id = DeliveryRows.IdOf(entry.Cause, kind, was.Recipient, was.Endpoint);
        var (message, template) = await messages.Of(id, entry with { News = entry.News with { Kind = kind } }, words, read, reach, null, cancellation);
        var hours = book.Subscriptions.FirstOrDefault(s => s.Subscription.Subscriber == was.Recipient)?.Subscription.QuietHours;
        var sleeps = plan.Context.Wakes(hours) ? null : hours?.EndOf(plan.Now);
        plan.Add(candidate, reach, read, words is null ? Tlp.CLEAR : Secrecy(entry, audience), id, message, template, sleeps, kind);
    }

    /// <summary>Where they were told last.</summary>
    private async Task<Reach> ReachOf(Told was, Contact? contact, CancellationToken cancellation)
    {
        if (contact is not null)
        {
            // An address that is no more says nothing to anybody.
            return was.Endpoint == ContactRecipients.Inbox || contact.AddressOf(was.Endpoint) is { Usable: true }
                ? Reach.Of(contact, was.Endpoint, was.Channel)
                : Reach.Of(contact, [Channel.Email, Channel.Chat]);
        }

        var partner = await partners.Of(was.Recipient, cancellation);
        var endpoint = partner?.EndpointOf(was.Endpoint);
        return endpoint is not { Usable: true } && partner is not null && Reach.Of(partner, []) is { } other ? other : new Reach(was.Recipient, was.Endpoint, was.Channel, TemplateKey.English, TimeZoneInfo.Utc, endpoint?.Format ?? EndpointFormat.Text, endpoint?.Ordered ?? false);
    }

    /// <summary>What says nothing about anybody is not written down for each of a thousand subscribers, nor with each update that nobody knows how to reach somebody.</summary>
    private static bool Silent(string why, Candidate candidate, NewsEntry entry) => why switch
    {
        "no-contact" => candidate.Subscription is not null || !(entry.News.Personal || entry.News.Kind == DeliveryKind.Initial),
        "not-cleared" or "exercise" => false,
        _ => true,
    };

    /// <summary>What has been decided so far.</summary>
    private sealed class Draft(NewsEntry entry, NewsContext context, DateTimeOffset now)
    {
        public NewsEntry Entry { get; } = entry;

        public NewsContext Context { get; } = context;

        public DateTimeOffset Now { get; } = now;

        public List<PlannedDelivery> Deliveries { get; } = [];

        public List<PlannedDigest> Digests { get; } = [];

        public List<LeftOut> Out { get; } = [];

        public bool Has(string recipient) => Deliveries.Exists(d => d.Recipient == recipient && d.Suppressed is null);

        public void Leave(Candidate candidate, string why, bool silent)
        {
            Out.Add(new LeftOut(candidate.Recipient, candidate.Because, why));
            if (!silent)
            {
                Deliveries.Add(new PlannedDelivery(
                    DeliveryRows.IdOf(Entry.Cause, Entry.News.Kind, candidate.Recipient, ""), Entry.Stream, Entry.News.Kind, About, candidate.Recipient, "", Channel.Other,
                    Entry.Tlp, false, RenderedMessage.None, why));
            }
        }

        public void Add(
            Candidate candidate, Reach reach, Audience? audience, Tlp tlp, string id, RenderedMessage? message, string template, DateTimeOffset? later, DeliveryKind? kind = null) =>
            Deliveries.Add(new PlannedDelivery(
                id, Entry.Stream, kind ?? Entry.News.Kind, About, reach.Recipient, reach.Endpoint, reach.Channel, tlp, reach.Ordered, message ?? RenderedMessage.None, message is null ? "template-variable" : null)
            {
                Audience = audience,
                Template = template,
                Covers = [Entry.Version.ToString(CultureInfo.InvariantCulture)],
                NotBefore = later,
                Subscription = candidate.Subscription?.Key,
                DueBy = candidate.Within is { } within && Context.DeclaredAt is { } declared && Entry.News.Kind == DeliveryKind.Initial ? declared + within : null,
            });

        private string About => Entry.News.About ?? $"@{Entry.Version}";
    }
}
