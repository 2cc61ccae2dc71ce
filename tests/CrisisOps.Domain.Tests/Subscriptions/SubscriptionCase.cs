using System.Collections.Immutable;
using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Subscriptions;

/// <summary>Given, when, then for one subscription, with a person, a team, a requester and a partner that are known.</summary>
public sealed class SubscriptionCase() : Given<Subscription, SubscriptionCase>(
    Subscription.None with { Key = SubscriptionCase.Key }, new DecisionContext { Now = Start, Caller = Own, Key = SubscriptionCase.Key, Streams = Known })
{
    public const string Key = "SUB-000001";
    public const string Mine = "CNT-000001";
    public const string Team = "CNT-000002";
    public const string Requester = "CNT-000003";
    public const string Gone = "CNT-000004";
    public const string Partner = "PRT-001";
    public const string Suspended = "PRT-002";
    public static readonly DateTimeOffset Start = new(2027, 5, 15, 12, 0, 0, TimeSpan.Zero);

    public static readonly Caller Own = Person("spec-04", Role.Specialist);
    public static readonly Caller Other = Person("spec-05", Role.Specialist);
    public static readonly Caller Manager = Person("pm-01", Role.PartnerManager);
    public static readonly Caller Admin = Person("admin-01", Role.Admin);
    public static readonly Caller Ally = new("duty-desk", ActorType.Partner, new HashSet<Role> { Role.Partner }, new HashSet<Function>(), ["*"], Tlp.AMBER, Partner);
    public static readonly Caller Stranger = Ally with { Id = "spec-04", Partner = "PRT-009" };

    public static RequestSubscription Request { get; } = new(
        Mine, new SubscriptionScope(Streams: ["CR"], MinLevel: CrisisLevel.Level2), Audience.CrossFunctional, Channels: [Channel.Email, Channel.Inbox],
        QuietHours: new QuietHours("Europe/Vienna", new TimeOnly(22, 0), new TimeOnly(7, 0)));

    public static RequestSubscription ForPartner { get; } = new(Partner, new SubscriptionScope(), Audience.Public);

    private static ImmutableDictionary<string, object> Known => new Dictionary<string, object>
    {
        [Mine] = Contact.None with { Key = Mine, Version = 1, Stage = ContactState.Active, Kind = ContactKind.Person, Ref = "spec-04" },
        [Team] = Contact.None with { Key = Team, Version = 1, Stage = ContactState.Active, Kind = ContactKind.Team, Ref = "night desk" },
        [Requester] = Contact.None with { Key = Requester, Version = 1, Stage = ContactState.Active, Kind = ContactKind.Requester, Ref = "CNT-R1" },
        [Gone] = Contact.None with { Key = Gone, Version = 2, Stage = ContactState.Removed, Kind = ContactKind.Person, Ref = "spec-04" },
        [Partner] = Domain.Partners.Partner.None with { Key = Partner, Version = 3, Stage = PartnerState.Active, TlpClearance = Tlp.AMBER },
        [Suspended] = Domain.Partners.Partner.None with { Key = Suspended, Version = 4, Stage = PartnerState.Suspended },
    }.ToImmutableDictionary();

    /// <summary>A person's own, in force.</summary>
    public static SubscriptionCase Active(Func<RequestSubscription, RequestSubscription>? with = null) =>
        new SubscriptionCase().When(with is null ? Request : with(Request), Own).ShouldBeAccepted();

    /// <summary>For a person, asked for by a manager.</summary>
    public static SubscriptionCase Pending() => new SubscriptionCase().When(Request, Manager).ShouldBeAccepted();

    public static SubscriptionCase PendingOfPartner() => new SubscriptionCase().When(ForPartner, Manager).ShouldBeAccepted();

    public static SubscriptionCase Paused(DateTimeOffset? until = null) => Active().When(new PauseSubscription(until, "on leave")).ShouldBeAccepted();

    public static SubscriptionCase Disabled() => Active().When(new DisableSubscription("nothing arrives"), Manager).ShouldBeAccepted();

    public static SubscriptionCase Removed() => Active().When(new RemoveSubscription()).ShouldBeAccepted();

    public static Caller Person(string id, params Role[] roles) => new(id, ActorType.Specialist, roles.ToHashSet(), new HashSet<Function>(), ["*"], Tlp.RED);

    public override Subscription Fold(Subscription state, object @event, Stamp stamp) => Subscription.Fold(state, @event, stamp);

    /// <summary>The timeline entry of the newest event.</summary>
    public Entry Told() => ToldAt(^1)!;
}
