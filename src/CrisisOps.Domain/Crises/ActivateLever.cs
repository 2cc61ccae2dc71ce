using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// Turns something on for a while. Whoever commands approves a lever that somebody else owns; one that the giver owns as well has no
/// second person, runs two hours at most and is to be reviewed (domain §2.2, §9.1).
/// </summary>
/// <param name="Scope">Where it applies, for example <c>XN</c>.</param>
/// <param name="Ttl">How long, at most 14 days. There is no lever without an end.</param>
/// <param name="Owner">Who is answerable for it; absent means the caller.</param>
/// <param name="RightsNote">Why it is necessary and proportionate; every restriction of content carries one.</param>
public sealed record ActivateLever(LeverKind Kind, string Scope, TimeSpan Ttl, string? Owner = null, string? RightsNote = null)
    : Command, ICrisisCommand<ActivateLever>, INamesPeople
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("activate-lever");

    public IEnumerable<string> People(string caller) => Owner is null ? [] : [Owner];

    public static Ruling Decide(ActivateLever command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.Command.Check(state, context) is { } refused)
        {
            return refused;
        }

        if (string.IsNullOrWhiteSpace(command.Scope))
        {
            return Ruling.Refuse("lever-scope", "Say in scope where it applies.");
        }

        var owner = command.Owner ?? context.Caller.Id;
        if (AppointmentGuard.Person(owner, state, context) is { } unknown)
        {
            return unknown;
        }

        if (LeverGuard.Restricts(command.Kind) && string.IsNullOrWhiteSpace(command.RightsNote))
        {
            return Ruling.Refuse("rights-note", $"{command.Kind} restricts content: say in rightsNote why it is necessary and proportionate.");
        }

        return LeverGuard.Time(command.Ttl, context.Now + LeverGuard.Bounded(command.Ttl), owner, context)
            ?? Ruling.Accept(new LeverActivated(
                $"LEV-{state.Levers.Count + 1}", command.Kind, command.Scope, command.Ttl, context.Now + command.Ttl, owner,
                owner == context.Caller.Id ? null : context.Caller.Id, command.RightsNote, owner == context.Caller.Id));
    }

    public static IEnumerable<ActivateLever> Samples(Crisis state, DecisionContext context) =>
        [new(LeverKind.LiveStreamRestriction, state.Regions is [var region, ..] ? region : "XN", TimeSpan.FromHours(2), RightsNote: "Stops the live video; ends by itself.")];
}

/// <param name="Approver">Null when its owner acted alone.</param>
/// <param name="ReviewOwed">One person alone turned it on; a second one looks at it when it is extended or afterwards.</param>
public sealed record LeverActivated(
    string LeverId,
    LeverKind Kind,
    string Scope,
    TimeSpan Ttl,
    DateTimeOffset ExpiresAt,
    string Owner,
    string? Approver,
    string? RightsNote,
    bool ReviewOwed) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with
    {
        Levers = state.Levers.Add(new Lever(LeverId, Kind, Scope, Owner, Approver, RightsNote, stamp.RecordedAt, ExpiresAt) { ReviewOwed = ReviewOwed }),
    };

    public Entry Say(Crisis before, Crisis after, Stamp stamp)
    {
        var headline = $"{LeverId} on: {Kind}, {Scope}, until {ExpiresAt:yyyy-MM-dd HH:mm}Z";
        string?[] parts = [$"owner {Owner}", Approver is null ? "nobody else approved it yet" : $"approved by {Approver}", RightsNote];
        return new Entry(EntryKind.Lever, headline, string.Join("; ", parts.OfType<string>())).ToCrossFunctional().ToExecutive(headline);
    }
}
