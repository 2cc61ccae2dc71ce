using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Lets a lever run on; whoever extends it approves it anew, so it is not its owner (domain §2.2). Counts from now, at most 14 days.</summary>
public sealed record ExtendLever(string LeverId, TimeSpan Ttl, string Reason) : Command, ICrisisCommand<ExtendLever>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("extend-lever", CrisisState.StoodDown, CrisisState.UnderReview);

    public static Ruling Decide(ExtendLever command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.CommandOrLead.Check(state, context) is { } refused)
        {
            return refused;
        }

        var (lever, inactive) = state.ActiveLever(command.LeverId);
        if (lever is null)
        {
            return inactive!;
        }

        if (lever.Owner == context.Caller.Id)
        {
            return Ruling.Refuse("lever-second-person", $"You own {lever.LeverId}; its extension is approved by somebody else.", "activate-lever");
        }

        var expires = context.Now + LeverGuard.Bounded(command.Ttl);
        if (LeverGuard.Time(command.Ttl, expires, lever.Owner, context) is { } time)
        {
            return time;
        }

        return expires <= lever.ExpiresAt
            ? Ruling.Refuse("lever-longer", $"{lever.LeverId} runs until {lever.ExpiresAt:yyyy-MM-dd HH:mm}Z already; an extension ends later.", "deactivate-lever")
            : Ruling.Accept(new LeverExtended(lever.LeverId, expires, context.Caller.Id, command.Reason));
    }

    public static IEnumerable<ExtendLever> Samples(Crisis state, DecisionContext context) =>
        state.Stage == CrisisState.None
            ? [new("LEV-1", TimeSpan.FromHours(24), "still needed")]
            : state.ActiveLevers.SelectMany(l => new[] { 24, 24 * 14 }.Select(hours => new ExtendLever(l.LeverId, TimeSpan.FromHours(hours), "still needed")));
}

/// <param name="Approver">Whoever extended it; never its owner.</param>
public sealed record LeverExtended(string LeverId, DateTimeOffset ExpiresAt, string Approver, string Reason) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) =>
        state.ChangeLever(LeverId, l => l with { ExpiresAt = ExpiresAt, Approver = Approver, ExtendedAt = stamp.RecordedAt, Generation = l.Generation + 1, ReviewOwed = false });

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Lever, $"{LeverId} runs on until {ExpiresAt:yyyy-MM-dd HH:mm}Z", $"approved by {Approver}: {Reason}").ToCrossFunctional();
}
