using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>Changes what its subscriber is told, or how. What is absent stays as it is.</summary>
/// <param name="Scope">Replaces the whole scope.</param>
/// <param name="Channels">Replaces the whole list; an empty one means the inbox, or a partner's endpoints in their order.</param>
/// <param name="NoQuietHours">true: no quiet hours from now on.</param>
public sealed record ChangeSubscription(
    SubscriptionScope? Scope = null,
    Audience? Audience = null,
    Tlp? MaxTlp = null,
    IReadOnlyList<Channel>? Channels = null,
    Cadence? Cadence = null,
    QuietHours? QuietHours = null,
    bool? AckRequired = null,
    bool NoQuietHours = false) : Command, ISubscriptionCommand<ChangeSubscription>
{
    public static CommandRule<Subscription> Rule { get; } = SubscriptionGivers.WhileOpen("change", SubscriptionGivers.Subscribers);

    public static Ruling Decide(ChangeSubscription command, Subscription state, DecisionContext context)
    {
        if (SubscriberGuard.Kept(state, context.Caller) is { } refused)
        {
            return refused;
        }

        if (command is { QuietHours: not null, NoQuietHours: true })
        {
            return Ruling.Refuse("quiet-hours-either", "Say new quietHours, or noQuietHours; not both.");
        }

        string[] named = [.. Named(command)];
        if (named.Length == 0)
        {
            return Ruling.Refuse("change-given", "Say what changes; what is absent stays as it is.");
        }

        var terms = new SubscriptionTerms(
            command.Scope ?? state.Scope, command.Audience ?? state.Audience, command.MaxTlp ?? state.MaxTlp, command.Channels is { } channels ? [.. channels] : state.Channels,
            command.Cadence ?? state.Cadence, command.NoQuietHours ? null : command.QuietHours ?? state.QuietHours, command.AckRequired ?? state.AckRequired);
        return SubscriptionGuard.Check(terms, state.Subscriber) ?? Ruling.Accept(new SubscriptionChanged(terms, named));
    }

    public static IEnumerable<ChangeSubscription> Samples(Subscription state, DecisionContext context) => [new(Cadence: Subscriptions.Cadence.Hourly)];

    private static IEnumerable<string> Named(ChangeSubscription command)
    {
        (string Name, bool Given)[] members =
        [
            ("scope", command.Scope is not null), ("audience", command.Audience is not null), ("secrecy", command.MaxTlp is not null), ("channels", command.Channels is not null),
            ("cadence", command.Cadence is not null), ("quiet hours", command.QuietHours is not null || command.NoQuietHours), ("acknowledgement", command.AckRequired is not null),
        ];
        return members.Where(m => m.Given).Select(m => m.Name);
    }
}

/// <param name="Terms">All of them, as they are from now on.</param>
/// <param name="Named">Which of them were named, in words.</param>
public sealed record SubscriptionChanged(SubscriptionTerms Terms, IReadOnlyList<string> Named) : ISubscriptionEvent
{
    public Subscription Apply(Subscription state, Stamp stamp) => state.With(Terms);

    public Entry Say(Subscription before, Subscription after, Stamp stamp)
    {
        var headline = $"Changed: {string.Join(", ", Named)}";
        return new Entry(EntryKind.Correction, headline, Terms.Words()).ToCrossFunctional().ToPartner(headline, Terms.Words());
    }
}
