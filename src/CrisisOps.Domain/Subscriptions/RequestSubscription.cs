using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>
/// Asks that somebody is told. For yourself it is in force at once, and so it is for a team when a manager asks; anybody else confirms it
/// first, with the link in a message that goes to them.
/// </summary>
/// <param name="Subscriber">Key of the contact, such as <c>CNT-000001</c>, or of an active partner.</param>
/// <param name="Scope">What it is about; <c>{}</c> means everything.</param>
/// <param name="Audience">As whom they are told. Core, CrossFunctional, Executive or Public; a partner as Public.</param>
/// <param name="MaxTlp">The most secret text; absent means AMBER, or what the audience reads at most if that is less.</param>
/// <param name="Channels">How they are reached, the first that can be used: Email, Chat, for a contact Inbox, for a partner Webhook. Absent means the inbox, or a partner's endpoints in their order.</param>
/// <param name="QuietHours">Absent means none.</param>
/// <param name="AckRequired">true: each message asks to be acknowledged.</param>
public sealed record RequestSubscription(
    string Subscriber,
    SubscriptionScope Scope,
    Audience Audience,
    Tlp? MaxTlp = null,
    IReadOnlyList<Channel>? Channels = null,
    Cadence Cadence = Cadence.Immediate,
    QuietHours? QuietHours = null,
    bool AckRequired = false) : Command, ISubscriptionCommand<RequestSubscription>, INamesStreams, INamesFacts<Subscription>
{
    public static CommandRule<Subscription> Rule { get; } = SubscriptionGivers.Rule("request", SubscriptionGivers.People, SubscriptionState.None) with { Opens = true };

    public IEnumerable<string> Streams() => [Subscriber];

    public IEnumerable<(string Kind, string Id)> Facts(Subscription state) => SubscriptionSlots.Of(Subscriber).Select(id => (SubscriptionSlots.Fact, id));

    public static Ruling Decide(RequestSubscription command, Subscription state, DecisionContext context)
    {
        var (person, confirms, refused) = SubscriberGuard.Find(command.Subscriber, context);
        if (refused is not null)
        {
            return refused;
        }

        var terms = new SubscriptionTerms(
            command.Scope, command.Audience, command.MaxTlp ?? SubscriptionGuard.UsualTlp(command.Audience), [.. command.Channels ?? []], command.Cadence, command.QuietHours, command.AckRequired);
        if (SubscriptionGuard.Check(terms, command.Subscriber) is { } unfit)
        {
            return unfit;
        }

        if (SubscriptionSlots.Free(command.Subscriber, context) is not { } slot)
        {
            return Ruling.Refuse("subscription-limit", $"{command.Subscriber} has {SubscriptionSlots.Most} open subscriptions, which is the most; remove one, or change one.");
        }

        var requested = new SubscriptionRequested(command.Subscriber, person, slot, terms);
        return confirms ? Ruling.Accept(requested, new SubscriptionConfirmed("by asking for it")) : Ruling.Accept(requested);
    }

    public static IEnumerable<RequestSubscription> Samples(Subscription state, DecisionContext context) =>
    [
        new("CNT-000001", new SubscriptionScope(Streams: ["CR"], MinLevel: CrisisLevel.Level2, Regions: ["XN"]), Audience.CrossFunctional, Shared.Tlp.AMBER, [Channel.Email], Cadence.Immediate,
            new QuietHours("Europe/Vienna", new TimeOnly(22, 0), new TimeOnly(7, 0))),
    ];
}

/// <param name="Person">The id of the person it is for, as their token has it; null for a team or a partner.</param>
/// <param name="Slot">Its place among the open ones of its subscriber.</param>
public sealed record SubscriptionRequested(string Subscriber, string? Person, int Slot, SubscriptionTerms Terms) : ISubscriptionEvent
{
    public Subscription Apply(Subscription state, Stamp stamp) => state.With(Terms) with
    {
        Stage = SubscriptionState.Pending,
        Subscriber = Subscriber,
        Person = Person,
        Slot = Slot,
        RequestedBy = stamp.Actor,
        RequestedAt = stamp.RecordedAt,
        // A partner may read its own, whatever it is cleared for: it is about what is published.
        Tlp = SubscriberGuard.IsPartner(Subscriber) ? Tlp.GREEN : state.Tlp,
    };

    public Entry Say(Subscription before, Subscription after, Stamp stamp) =>
        new Entry(EntryKind.Raised, $"Requested for {Subscriber}", Terms.Words()).ToCrossFunctional().ToPartner("Requested", Terms.Words());
}
