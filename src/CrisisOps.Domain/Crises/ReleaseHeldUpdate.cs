using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>An update that was held back goes out; if it must not any more, it is withdrawn, and the timeline says why.</summary>
public sealed record ReleaseHeldUpdate(string HeldId) : Command, ICrisisCommand<ReleaseHeldUpdate>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Timer("release-held-update");

    public static Ruling Decide(ReleaseHeldUpdate command, Crisis state, DecisionContext context)
    {
        if (state.HeldUpdates.Find(h => h.HeldId == command.HeldId) is not { State: HoldState.Waiting } held || held.ReleaseAt > context.Now)
        {
            return Ruling.Refuse("deadline-current", "This update went out, was withdrawn, or its time has not come.");
        }

        return held.Barrier(state) is { } why
            ? Ruling.Accept(new CrisisUpdateWithdrawn(held.HeldId, why))
            : Ruling.Accept(held.Update.Post(state, context.Now) with { HeldId = held.HeldId, PostedBy = held.By });
    }

    public static IEnumerable<ReleaseHeldUpdate> Samples(Crisis state, DecisionContext context) => [];
}
