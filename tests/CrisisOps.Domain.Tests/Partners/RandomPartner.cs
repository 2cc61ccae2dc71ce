using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Partners;

/// <summary>A partner driven at random.</summary>
internal sealed class RandomPartner() : RandomWalk<Partner, PartnerCase>(new PartnerCase())
{
    private static readonly Caller[] _callers =
    [
        PartnerCase.Manager, PartnerCase.Manager, PartnerCase.Second, PartnerCase.Second, PartnerCase.Lead, Caller.System, PartnerCase.Person("spec-04", Role.Specialist),
    ];

    protected override string Stage => Case.State.Stage.ToString();

    protected override IReadOnlyCollection<string> Ending => ["offboard"];

    protected override IReadOnlyList<string> Words => ["", " ", "XN", "EP-1", "EP-2", "EP-9", "CNT-1", "UTC", PartnerCase.Url, PartnerCase.Mail, PartnerCase.Number, "unheard of"];

    /// <summary>Proposes a partner and brings it some way along, all of it drawn from the seed.</summary>
    public override void Begin(int seed)
    {
        var random = new Random(seed);
        (Command Command, Caller By)[] way =
        [
            (PartnerCase.Proposal, PartnerCase.Manager), (new VetPartner("AGR-12"), PartnerCase.Second), (new ActivatePartner(), PartnerCase.Manager),
            (new RegisterEndpoint(Channel.Webhook, PartnerCase.Url), PartnerCase.Manager), (new SuspendPartner("taken over"), PartnerCase.Lead),
        ];
        foreach (var (command, by) in way.Take(1 + random.Next(way.Length)))
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

    protected override Command[] Bodies(Giver<Partner, PartnerCase> giver, DecisionContext context, RandomBodies source) => giver.Samples(Case.State, context);
}
