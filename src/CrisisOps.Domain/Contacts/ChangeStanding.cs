using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>Changes as what a team reads; all of it is said anew. What waits for it is judged by this from now on.</summary>
public sealed record ChangeStanding(TeamStanding Standing, string Reason) : Command, IContactCommand<ChangeStanding>
{
    public static CommandRule<Contact> Rule { get; } = ContactGivers.WhileOpen("change-standing", ContactGivers.StandingKeepers);

    public static Ruling Decide(ChangeStanding command, Contact state, DecisionContext context)
    {
        if (state.Standing is not { } before)
        {
            return Ruling.Refuse("standing-of-team", "Only a team has a standing: what a colleague reads is in the directory, and a requester reads answers.");
        }

        if ((ContactStandingGuard.Check(command.Standing, context.Caller) ?? AddressTextGuard.Check(command.Reason, "reason-given", "Say in reason why it reads something else from now on.")) is { } refused)
        {
            return refused;
        }

        var after = ContactStandingGuard.Of(command.Standing);
        return ContactStandingGuard.Same(before, after)
            ? Ruling.Refuse("standing-new", "It reads as this already.")
            : Ruling.Accept(new ContactStandingChanged(after, command.Reason));
    }

    public static IEnumerable<ChangeStanding> Samples(Contact state, DecisionContext context)
    {
        TeamStanding[] some = [new([Role.Specialist], [], ["XN"], Shared.Tlp.GREEN), new([Role.Specialist], [], ["XN", "XS"], Shared.Tlp.CLEAR)];
        return some.Select(standing => new ChangeStanding(standing, "It looks after two regions now."));
    }
}

public sealed record ContactStandingChanged(ContactStanding Standing, string Reason) : IContactEvent
{
    public Contact Apply(Contact state, Stamp stamp) => state with { Standing = Standing };

    public Entry Say(Contact before, Contact after, Stamp stamp) =>
        new Entry(EntryKind.RoleChange, $"Reads as {ContactStandingGuard.Words(Standing)}", Reason).ToCrossFunctional();
}
