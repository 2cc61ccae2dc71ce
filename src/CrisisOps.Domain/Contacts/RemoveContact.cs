using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>
/// The contact is none any more, for good: all its addresses are erased in the vault, and whoever comes back is registered anew. What stays
/// is that it was there, and when.
/// </summary>
public sealed record RemoveContact(string Reason) : Command, IContactCommand<RemoveContact>
{
    public static CommandRule<Contact> Rule { get; } = ContactGivers.WhileOpen("remove", ContactGivers.Colleagues);

    public static Ruling Decide(RemoveContact command, Contact state, DecisionContext context) =>
        OwnContactGuard.Check(state, context.Caller)
        ?? AddressTextGuard.Check(command.Reason, "reason-given", "Say in reason why it is no contact any more.")
        ?? Ruling.Accept(new ContactRemoved(command.Reason));

    public static IEnumerable<RemoveContact> Samples(Contact state, DecisionContext context) => [new("She left.")];
}

public sealed record ContactRemoved(string Reason) : IContactEvent
{
    public Contact Apply(Contact state, Stamp stamp) => state with
    {
        Stage = ContactState.Removed,
        SuspendedBy = null,
        Addresses = [.. state.Addresses.Select(a => a with { Removed = true })],
        EndedAt = stamp.RecordedAt,
    };

    public Entry Say(Contact before, Contact after, Stamp stamp) => new Entry(EntryKind.StateChange, "Removed, its addresses erased", Reason).ToCrossFunctional();
}
