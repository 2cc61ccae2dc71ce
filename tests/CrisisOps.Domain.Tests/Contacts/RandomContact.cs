using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Contacts;

/// <summary>A contact driven at random.</summary>
internal sealed class RandomContact() : RandomWalk<Contact, ContactCase>(new ContactCase())
{
    private static readonly Caller[] _callers =
        [ContactCase.Self, ContactCase.Self, ContactCase.Manager, ContactCase.Manager, ContactCase.Lead, ContactCase.Admin, ContactCase.Other, Caller.System];

    protected override string Stage => Case.State.Stage.ToString();

    protected override IReadOnlyCollection<string> Ending => ["remove"];

    protected override IReadOnlyList<string> Words =>
        ["", " ", "spec-04", "night-desk", "CNT-1", "AD-1", "AD-2", "AD-9", "de", "UTC", "XN", ContactCase.Mail, ContactCase.Number, ContactCase.Chat, "unheard of"];

    /// <summary>Registers somebody and brings the contact some way along, all of it drawn from the seed.</summary>
    public override void Begin(int seed)
    {
        var random = new Random(seed);
        var opening = random.Next(3) switch { 0 => ContactCase.Team, 1 => ContactCase.Requester, _ => ContactCase.Own };
        (Command Command, Caller By)[] way =
        [
            (opening, ContactCase.Lead), (ContactCase.Kept(Channel.Email, ContactCase.Mail, "VLT-0"), ContactCase.Lead), (new VerifyAddress("AD-1", "the link was followed"), Caller.System),
            (new SuspendContact("away"), ContactCase.Lead),
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

    protected override Command[] Bodies(Giver<Contact, ContactCase> giver, DecisionContext context, RandomBodies source) => giver.Samples(Case.State, context);
}
