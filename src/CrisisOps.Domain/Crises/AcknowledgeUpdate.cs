using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Says that the caller has read an update (domain §4, "acknowledgement").</summary>
public sealed record AcknowledgeUpdate(string UpdateId) : Command, ICrisisCommand<AcknowledgeUpdate>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule(
        "acknowledge-update", CrisisGivers.Readers, CrisisState.Active, CrisisState.Stabilizing, CrisisState.StoodDown, CrisisState.UnderReview);

    public static Ruling Decide(AcknowledgeUpdate command, Crisis state, DecisionContext context)
    {
        if (state.Updates.Find(u => u.UpdateId == command.UpdateId || u.BaseId == command.UpdateId) is not { } update)
        {
            return Ruling.Refuse("update-known", $"There is no update '{command.UpdateId}'.");
        }

        return update.AcknowledgedBy.Contains(context.Caller.Id)
            ? Ruling.Refuse("acknowledged-once", $"You have acknowledged {update.UpdateId} already.")
            : Ruling.Accept(new CrisisUpdateAcknowledged(update.BaseId, context.Caller.Id));
    }

    public static IEnumerable<AcknowledgeUpdate> Samples(Crisis state, DecisionContext context) =>
        state.Stage == CrisisState.None ? [new("U-1")] : state.Updates.Reverse().Select(u => new AcknowledgeUpdate(u.UpdateId));
}

public sealed record CrisisUpdateAcknowledged(string UpdateId, string By) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state.ChangeUpdate(UpdateId, u => u with { AcknowledgedBy = [.. u.AcknowledgedBy, By] });

    public Entry Say(Crisis before, Crisis after, Stamp stamp) => new Entry(EntryKind.Ack, $"{By} has read {UpdateId}").ToCrossFunctional();
}

internal static class UpdateList
{
    public static Crisis ChangeUpdate(this Crisis state, string baseId, Func<CrisisUpdate, CrisisUpdate> change)
    {
        var index = state.Updates.FindIndex(u => u.BaseId == baseId);
        return state with { Updates = state.Updates.SetItem(index, change(state.Updates[index])) };
    }
}
