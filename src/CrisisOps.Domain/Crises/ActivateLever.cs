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

/// <summary>What holds for every lever, and the levers by id.</summary>
internal static class LeverGuard
{
    private static readonly LeverKind[] _restricting =
    [
        LeverKind.LiveStreamRestriction, LeverKind.DistributionLimit, LeverKind.RecommendationExclusion, LeverKind.MessageForwardLimit, LeverKind.CommentRestriction,
        LeverKind.SearchTermBlock, LeverKind.FeatureLimit, LeverKind.PoliticalAdsPause, LeverKind.ProfileLock, LeverKind.DetectionThresholdChange,
    ];

    public static bool Restricts(LeverKind kind) => _restricting.Contains(kind);

    /// <summary>A time span that can be added to any instant; one beyond it is refused anyway.</summary>
    public static TimeSpan Bounded(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time > TimeSpan.FromDays(365) ? TimeSpan.FromDays(365) : time;

    /// <summary>How long a lever may run: 14 days, and two hours for one that its owner turns on alone.</summary>
    public static Ruling? Time(TimeSpan ttl, DateTimeOffset expires, string owner, DecisionContext context)
    {
        var rules = context.Rules.Crises;
        if (ttl <= TimeSpan.Zero || expires > context.Now + rules.LeverLimit)
        {
            return Ruling.Refuse("lever-ttl", $"A lever has an end: ttl is more than nothing and ends at most {rules.LeverLimit.TotalDays:0.#} days from now.");
        }

        return owner == context.Caller.Id && ttl > rules.LeverAloneLimit
            ? Ruling.Refuse(
                "lever-second-person",
                $"You own it and give it alone: {rules.LeverAloneLimit.TotalHours:0.#} hours at most. Name another owner, or let somebody else extend it.", "assign-role")
            : null;
    }

    public static (Lever? Lever, Ruling? Refused) ActiveLever(this Crisis state, string? id) => state.Levers.Find(l => l.LeverId == id) switch
    {
        null => (null, Ruling.Refuse("lever-active", $"There is no lever '{id}' in this crisis.")),
        { Active: false } lever => (null, Ruling.Refuse("lever-active", $"{lever.LeverId} is {lever.State}.")),
        var lever => (lever, null),
    };

    public static Crisis ChangeLever(this Crisis state, string id, Func<Lever, Lever> change)
    {
        var index = state.Levers.FindIndex(l => l.LeverId == id);
        return state with { Levers = state.Levers.SetItem(index, change(state.Levers[index])) };
    }

    /// <summary>Refused while a lever is on that nobody was named to keep.</summary>
    public static Ruling? Ended(Crisis state, IEnumerable<string>? kept = null)
    {
        string[] left = [.. state.ActiveLevers.Select(l => l.LeverId).Except(kept ?? [])];
        return left.Length > 0
            ? Ruling.Refuse("levers-ended", $"{string.Join(", ", left)} still on: end each, or at the stand-down name it in keptLevers to hand it over with its owner and expiry.", "deactivate-lever")
            : null;
    }
}
