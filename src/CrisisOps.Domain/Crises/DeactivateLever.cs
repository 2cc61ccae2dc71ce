using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Turns a lever off before its time; also after the stand-down, by its owner too (domain §2.2).</summary>
public sealed record DeactivateLever(string LeverId, string Reason) : Command, ICrisisCommand<DeactivateLever>
{
    public static CommandRule<Crisis> Rule { get; } =
        CrisisGivers.Live("deactivate-lever", CrisisState.StoodDown, CrisisState.UnderReview, CrisisState.Merged, CrisisState.Annulled, CrisisState.Closed);

    public static Ruling Decide(DeactivateLever command, Crisis state, DecisionContext context)
    {
        var (lever, inactive) = state.ActiveLever(command.LeverId);
        if (lever?.Owner != context.Caller.Id && CrisisGivers.CommandOrLead.Check(state, context) is { } refused)
        {
            return refused;
        }

        return inactive ?? Ruling.Accept(new LeverDeactivated(command.LeverId, command.Reason));
    }

    public static IEnumerable<DeactivateLever> Samples(Crisis state, DecisionContext context) =>
        state.Stage == CrisisState.None ? [new("LEV-1", "not needed any more")] : state.ActiveLevers.Select(l => new DeactivateLever(l.LeverId, "not needed any more"));
}

public sealed record LeverDeactivated(string LeverId, string Reason) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state.ChangeLever(LeverId, l => l with { State = LeverState.Deactivated });

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Lever, $"{LeverId} off", Reason).ToCrossFunctional().ToExecutive($"{LeverId} off");
}
