using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>Who can have a subscription, and whose it is.</summary>
internal static class SubscriberGuard
{
    public static bool IsPartner(string subscriber) => subscriber.StartsWith("PRT-", StringComparison.Ordinal);

    /// <summary>Whose a new one is, and whether asking for it is confirming it; or a refusal that says why it can not be had.</summary>
    public static (string? Person, bool Confirms, Ruling? Refused) Find(string subscriber, DecisionContext context)
    {
        var manager = context.Caller.IsAny(SubscriptionGivers.Managers);
        return context.Streams.GetValueOrDefault(subscriber) switch
        {
            Contact { Open: true, Kind: ContactKind.Person } person when person.Ref == context.Caller.Id => (person.Ref, true, null),
            Contact { Open: false } contact when manager || contact.Ref == context.Caller.Id => (null, false, Ruling.Refuse("subscriber-open", $"{subscriber} was removed; register the contact anew.")),
            Contact or Partner when !manager => (null, false, NotYours("You subscribe for yourself; for somebody else a partner manager, a duty lead or an admin does.")),
            Contact { Open: true, Kind: ContactKind.Person } person => (person.Ref, false, null),
            Contact { Open: true, Kind: ContactKind.Team } => (null, true, null),
            Contact => (null, false, Ruling.Refuse("subscriber-kind", $"{subscriber} asked us something; it gets the answer to that, and nothing else.")),
            Partner { Stage: PartnerState.Active } => (null, false, null),
            Partner partner => (null, false, Ruling.Refuse("partner-active", $"{subscriber} is {partner.Stage}; only an active partner is told anything.")),
            _ => (null, false, Ruling.Refuse("subscriber-known", $"There is no contact and no partner '{subscriber}' that you may subscribe for.")),
        };
    }

    /// <summary>Null when it is the caller's own.</summary>
    public static Ruling? Own(Subscription state, Caller caller) => IsOf(state, caller) ? null : NotYours("Only its subscriber can say so.");

    /// <summary>Null when the caller may look after it: their own, or as a manager, or by rule.</summary>
    public static Ruling? Kept(Subscription state, Caller caller) => IsOf(state, caller) || caller.IsAny(SubscriptionGivers.ManagersAndRules)
        ? null
        : NotYours("This is somebody else's; its subscriber does that, a partner manager, a duty lead or an admin.");

    private static bool IsOf(Subscription state, Caller caller) => caller.Is(Role.Partner)
        ? caller.Partner is { } partner && partner == state.Subscriber
        : state.Person is { } person && person == caller.Id;

    private static Ruling.Refused NotYours(string why) =>
        new(new Refusal(RefusalKind.Forbidden, "own-subscription", why) { Roles = [.. SubscriptionGivers.Managers] });
}
