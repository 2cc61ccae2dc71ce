using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>The contact is told again what it is told. Who suspended their own contact takes that back; what somebody else suspended, a keeper does.</summary>
/// <param name="Note">What settled it.</param>
public sealed record ReinstateContact(string? Note = null) : Command, IContactCommand<ReinstateContact>
{
    public static CommandRule<Contact> Rule { get; } = ContactGivers.Rule("reinstate", ContactGivers.Colleagues, ContactState.Suspended);

    public static Ruling Decide(ReinstateContact command, Contact state, DecisionContext context)
    {
        if ((OwnContactGuard.Check(state, context.Caller) ?? AddressTextGuard.Check(command.Note)) is { } refused)
        {
            return refused;
        }

        // An account in other hands must not take itself up again.
        return state.Kind == ContactKind.Person && state.SuspendedBy != context.Caller.Id && !context.Caller.IsAny(OwnContactGuard.Keepers)
            ? new Ruling.Refused(new Refusal(RefusalKind.Forbidden, "own-suspension", "Somebody else suspended your contact; a partner manager, a duty lead or an admin reinstates it.") { Roles = [.. OwnContactGuard.Keepers] })
            : Ruling.Accept(new ContactReinstated(command.Note));
    }

    public static IEnumerable<ReinstateContact> Samples(Contact state, DecisionContext context) => [new("Back on duty.")];
}

public sealed record ContactReinstated(string? Note) : IContactEvent
{
    public Contact Apply(Contact state, Stamp stamp) => state with { Stage = ContactState.Active, SuspendedBy = null };

    public Entry Say(Contact before, Contact after, Stamp stamp) => new Entry(EntryKind.StateChange, "Reinstated", Note).ToCrossFunctional();
}
