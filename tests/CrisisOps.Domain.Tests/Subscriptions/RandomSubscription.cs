using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Subscriptions;

/// <summary>A subscription driven at random.</summary>
internal sealed class RandomSubscription() : RandomWalk<Subscription, SubscriptionCase>(new SubscriptionCase())
{
    private static readonly Caller[] _callers =
    [
        SubscriptionCase.Own, SubscriptionCase.Own, SubscriptionCase.Manager, SubscriptionCase.Manager, SubscriptionCase.Admin, SubscriptionCase.Other, SubscriptionCase.Ally,
        SubscriptionCase.Stranger, Caller.System, Caller.System,
    ];

    protected override string Stage => Case.State.Stage.ToString();

    protected override IReadOnlyCollection<string> Ending => ["remove"];

    protected override IReadOnlyList<string> Words =>
        ["", " ", "XN", "CR", "ESC", "CR-2027-0007", "EL-XN-2027-01", SubscriptionCase.Mine, SubscriptionCase.Team, SubscriptionCase.Requester, SubscriptionCase.Partner, "UTC", "Europe/Vienna", "unheard of"];

    /// <summary>Asks for one and brings it some way along, all of it drawn from the seed.</summary>
    public override void Begin(int seed)
    {
        var random = new Random(seed);
        var partner = random.Next(3) == 0;
        Give(partner ? SubscriptionCase.ForPartner : SubscriptionCase.Request, random.Next(2) == 0 && !partner ? SubscriptionCase.Own : SubscriptionCase.Manager);
        (Command Command, Caller By)[] way =
        [
            (new ConfirmSubscription(), Caller.System), (new PauseSubscription(Case.Now.AddDays(1)), SubscriptionCase.Manager), (new DisableSubscription("nothing arrives"), SubscriptionCase.Manager),
        ];
        foreach (var (command, by) in way.Take(random.Next(way.Length + 1)))
        {
            Give(command, by);
        }
    }

    /// <summary>Gives one command, all of it drawn from the seed.</summary>
    public override Ruling Step(int seed)
    {
        var random = new Random(seed);
        Case.After(TimeSpan.FromMinutes(random.Next(3_000)));
        var caller = Pick(_callers, random);
        return Give(Draw(Case.Context with { Caller = caller }, random), caller, random);
    }

    protected override Command[] Bodies(Giver<Subscription, SubscriptionCase> giver, DecisionContext context, RandomBodies source) => giver.Samples(Case.State, context);
}
