using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>The end of a lever; it is never silent (domain §3, P11). A timer of an older generation does nothing.</summary>
public sealed record ExpireLever(string LeverId, int Generation) : Command, ICrisisCommand<ExpireLever>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Timer("expire-lever");

    public static Ruling Decide(ExpireLever command, Crisis state, DecisionContext context) =>
        state.ActiveLever(command.LeverId).Lever is { } lever && lever.Generation == command.Generation && lever.ExpiresAt <= context.Now
            ? Ruling.Accept(new LeverExpired(lever.LeverId, lever.ExpiresAt))
            : Ruling.Refuse("deadline-current", "This lever is off, was extended, or has not ended.");

    public static IEnumerable<ExpireLever> Samples(Crisis state, DecisionContext context) => [];
}

public sealed record LeverExpired(string LeverId, DateTimeOffset DueAt) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state.ChangeLever(LeverId, l => l with { State = LeverState.Expired });

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Lever, $"{LeverId} ended at {DueAt:yyyy-MM-dd HH:mm}Z", after.Levers.Find(l => l.LeverId == LeverId) is { } lever ? $"{lever.Kind}, {lever.Scope}" : null)
            .ToCrossFunctional()
            .ToExecutive($"{LeverId} ended");
}
