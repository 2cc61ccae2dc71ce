using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Takes the words of an entry out of the store for good, for everybody; that it was there, when and by whom stays proven. Only when the case is
/// over: until then what is needed for legal claims stays (GDPR Art. 17(3)(e)), and redacting hides it.
/// </summary>
/// <param name="Entry">The version of the raise, of a note or of a correction of one, as in its entry id <c>ESC-2027-000101@7</c>.</param>
/// <param name="Counsel">The legal counsel who agreed, when a duty lead gives it.</param>
public sealed record ErasePersonalData(long Entry, ErasureGround Ground, string Reason, string? Counsel = null)
    : Command, IEscalationCommand<ErasePersonalData>, INamesEntry, INamesPeople, INamesFacts<Escalation>
{
    /// <summary>The kind of fact that says whether a legal hold is on a case: only <c>none</c> lets anything go.</summary>
    public const string HoldFact = "legal-hold";

    /// <summary>What of an event is free text that nothing else was decided by.</summary>
    private static readonly ImmutableDictionary<string, string[]> _members = ImmutableDictionary.CreateRange<string, string[]>(
    [
        new(nameof(EscalationRaised), ["title", "allegation", "requester.contactRef"]),
        new(nameof(EscalationNotePosted), ["text"]),
        new(nameof(NoteCorrected), ["text", "reason"]),
    ]);

    public static CommandRule<Escalation> Rule { get; } =
        Givers.Rule("erase-personal-data", [Role.LegalCounsel, Role.DutyLead], EscalationState.Closed, EscalationState.Rejected, EscalationState.Voided);

    long INamesEntry.EntryVersion => Entry;

    public IEnumerable<string> People(string caller) => Counsel is null ? [] : [Counsel];

    public IEnumerable<(string Kind, string Id)> Facts(Escalation state) => [(HoldFact, state.Key)];

    public static Ruling Decide(ErasePersonalData command, Escalation state, DecisionContext context)
    {
        if (context.Entry is not { } entry || entry.Version != command.Entry || !Amending.Exists(entry, state, context.Caller))
        {
            return Ruling.Refuse("entry-exists", $"There is no entry {command.Entry} on this timeline.");
        }

        if (!_members.TryGetValue(entry.Kind, out var members))
        {
            return Ruling.Refuse("entry-erasable", "The raise, notes and corrections of notes can go; other entries hold what was decided, and are redacted.", "redact-entry");
        }

        if (state.Erased.Contains(command.Entry))
        {
            return Ruling.Refuse("erased-once", "What this entry said was erased already.");
        }

        if (!context.Caller.Is(Role.LegalCounsel) && !Agreed(command, context))
        {
            return Ruling.Refuse("counsel-agrees", "Name in counsel the legal counsel who agreed, somebody other than you whom the directory knows as one.");
        }

        return context.Fact(HoldFact, state.Key) == "none"
            ? Ruling.Accept(new PersonalDataErased(command.Entry, members, command.Ground, command.Reason, command.Counsel))
            : Ruling.Refuse("legal-hold", $"It is not known that no legal hold is on this case; legal counsel, a duty lead or an admin says so with PUT /v1/directory/facts/{HoldFact}/{state.Key} {{\"value\":\"none\"}}.");
    }

    public static IEnumerable<ErasePersonalData> Samples(Escalation state, DecisionContext context) =>
        context.Entry is { } entry ? [new(entry.Version, ErasureGround.ConsentWithdrawn, "the person who is named asked for it")]
        : state.Stage == EscalationState.None ? [new(7, ErasureGround.ConsentWithdrawn, "the person who is named asked for it")]
        : [];

    public static Candidates? ChoosesFrom(Escalation state, Caller caller) => new Candidates.NewestEntry(Amending.OfOthers(state, caller), [.. _members.Keys], []);

    private static bool Agreed(ErasePersonalData command, DecisionContext context) =>
        command.Counsel != context.Caller.Id && context.Person(command.Counsel)?.Roles.Contains(Role.LegalCounsel) == true;
}

public sealed record PersonalDataErased(long Entry, IReadOnlyList<string> Members, ErasureGround Ground, string Reason, string? Counsel) : IEscalationEvent, IErases
{
    public Escalation Apply(Escalation state, Stamp stamp)
    {
        var erased = state with { Erased = state.Erased.Add(Entry) };
        return Entry > 1 ? erased : erased with
        {
            Title = IErases.Mark,
            Allegation = state.Allegation is null ? null : IErases.Mark,
            Requester = state.Requester is { ContactRef: not null } requester ? requester with { ContactRef = IErases.Mark } : state.Requester,
        };
    }

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new(EntryKind.Legal, $"Personal data of entry {Entry} erased: {Ground}", Reason);
}
