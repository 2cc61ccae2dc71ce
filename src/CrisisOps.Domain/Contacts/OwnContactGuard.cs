using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>Whose contact somebody may keep: their own, and by their role those of others.</summary>
public static class OwnContactGuard
{
    /// <summary>They keep the contacts of all colleagues and teams.</summary>
    public static readonly IReadOnlyList<Role> Keepers = [Role.PartnerManager, Role.DutyLead, Role.Admin];

    /// <summary>They answer those who asked us something.</summary>
    public static readonly IReadOnlyList<Role> Answerers = [Role.Specialist, Role.DutyLead, Role.Communications, Role.LegalCounsel, Role.PartnerManager];

    /// <summary>Whether this caller may change a contact of this kind and of this person, team or requester.</summary>
    public static bool Keeps(ContactKind kind, string? reference, Caller caller) =>
        caller.Is(Role.System) || caller.IsAny(KeepersOf(kind)) || Owns(kind, reference, caller);

    /// <summary>Whether it is the caller's own.</summary>
    public static bool Owns(ContactKind kind, string? reference, Caller caller) => kind == ContactKind.Person && reference == caller.Id;

    internal static Ruling? Check(ContactKind kind, string? reference, Caller caller)
    {
        if (Keeps(kind, reference, caller))
        {
            return null;
        }

        var keepers = KeepersOf(kind);
        var detail = kind == ContactKind.Requester
            ? "The contact of somebody who asked us is kept by whoever answers them."
            : "You keep your own contact; those of others and of teams are kept by a partner manager, a duty lead or an admin.";
        return new Ruling.Refused(new Refusal(RefusalKind.Forbidden, "own-contact", detail) { Roles = [.. keepers] });
    }

    internal static Ruling? Check(Contact state, Caller caller) => Check(state.Kind, state.Ref, caller);

    private static IReadOnlyList<Role> KeepersOf(ContactKind kind) => kind == ContactKind.Requester ? Answerers : Keepers;
}
