using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>
/// Registers somebody who can be told something: a colleague, mostly by themselves, a team, or somebody who asked us. Where they are reached
/// is said afterwards.
/// </summary>
/// <param name="Ref">The id of a colleague as their token has it, the name of a team, or the reference that a case has for its requester; held by one contact.</param>
/// <param name="Language">BCP 47 tag of the language that is written to them; absent means English.</param>
/// <param name="Tz">IANA id of their time zone, such as <c>Europe/Vienna</c>; absent means UTC.</param>
/// <param name="Standing">As what a team reads; of a team only, and there it must be said.</param>
public sealed record RegisterContact(ContactKind Kind, string Ref, string? Language = null, string? Tz = null, TeamStanding? Standing = null)
    : Command, IContactCommand<RegisterContact>, INamesFacts<Contact>
{
    public static CommandRule<Contact> Rule { get; } = ContactGivers.Rule("register", ContactGivers.ColleaguesAndRules, ContactState.None) with { Opens = true };

    public IEnumerable<(string Kind, string Id)> Facts(Contact state) => [(ContactRefGuard.RefFact, ContactRefGuard.FactId(Ref))];

    public static Ruling Decide(RegisterContact command, Contact state, DecisionContext context)
    {
        if (command.Kind != ContactKind.Requester && context.Caller.Is(Role.System))
        {
            return Ruling.Refuse(RefusalKind.Forbidden, "requester-by-rule", "A rule registers only whoever wrote to us; colleagues and teams are registered by people.");
        }

        var refused = OwnContactGuard.Check(command.Kind, ContactRefGuard.FactId(command.Ref), context.Caller)
            ?? ContactRefGuard.Check(command.Kind, command.Ref, context)
            ?? ChangeContact.Known(command.Language, command.Tz);
        if (refused is not null)
        {
            return refused;
        }

        if (command.Kind != ContactKind.Team && command.Standing is not null)
        {
            return Ruling.Refuse("standing-of-team", "Only a team has a standing: what a colleague reads is in the directory, and a requester reads answers.");
        }

        return command.Kind == ContactKind.Team && ContactStandingGuard.Check(command.Standing, context.Caller) is { } unclear
            ? unclear
            : Ruling.Accept(new ContactRegistered(
                command.Kind, ContactRefGuard.FactId(command.Ref), command.Language ?? "en", command.Tz ?? "UTC", command.Standing is { } standing ? ContactStandingGuard.Of(standing) : null));
    }

    public static IEnumerable<RegisterContact> Samples(Contact state, DecisionContext context) =>
    [
        new(ContactKind.Person, "spec-04", "de-AT", "Europe/Vienna"),
        new(ContactKind.Team, "night-desk", Standing: new TeamStanding([Role.Specialist], [], ["XN"])),
    ];
}

/// <param name="Standing">Of a team; null of everybody else.</param>
public sealed record ContactRegistered(ContactKind Kind, string Ref, string Language, string Tz, ContactStanding? Standing) : IContactEvent
{
    public Contact Apply(Contact state, Stamp stamp) => state with
    {
        Stage = ContactState.Active,
        Kind = Kind,
        Ref = Ref,
        Language = Language,
        Tz = Tz,
        Standing = Standing,
        RegisteredBy = stamp.Actor,
        RegisteredAt = stamp.RecordedAt,
    };

    public Entry Say(Contact before, Contact after, Stamp stamp) =>
        new Entry(EntryKind.Raised, $"Contact registered: {Ref} ({Kind})", Standing is null ? null : ContactStandingGuard.Words(Standing)).ToCrossFunctional();
}
