using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>Nothing goes to this contact for now, wherever it is reached: somebody is away for long, or an account is in other hands.</summary>
public sealed record SuspendContact(string Reason) : Command, IContactCommand<SuspendContact>
{
    public static CommandRule<Contact> Rule { get; } = ContactGivers.Rule("suspend", ContactGivers.Colleagues, ContactState.Active);

    public static Ruling Decide(SuspendContact command, Contact state, DecisionContext context) =>
        OwnContactGuard.Check(state, context.Caller)
        ?? AddressTextGuard.Check(command.Reason, "reason-given", "Say in reason why nothing may go to this contact.")
        ?? Ruling.Accept(new ContactSuspended(command.Reason));

    public static IEnumerable<SuspendContact> Samples(Contact state, DecisionContext context) => [new("Away until the end of the month.")];
}

public sealed record ContactSuspended(string Reason) : IContactEvent
{
    public Contact Apply(Contact state, Stamp stamp) => state with { Stage = ContactState.Suspended, SuspendedBy = stamp.Actor };

    public Entry Say(Contact before, Contact after, Stamp stamp) => new Entry(EntryKind.StateChange, "Suspended", Reason).ToCrossFunctional();
}
