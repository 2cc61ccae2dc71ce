using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>A proposal that holds two different attacks: the named escalations are split off, and a second proposal is opened for them (domain §9.5).</summary>
/// <param name="Escalations">Some of those of this proposal, never all.</param>
/// <param name="Type">Of the second one; absent means the same.</param>
public sealed record SplitProposal(IReadOnlyList<string> Escalations, string Summary, CrisisType? Type = null, IReadOnlyList<string>? Region = null)
    : Command, ICrisisCommand<SplitProposal>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule("split-proposal", CrisisState.Proposed);

    public static Ruling Decide(SplitProposal command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.CommandOrLead.Check(state, context) is { } refused)
        {
            return refused;
        }

        string[] part = [.. (command.Escalations ?? []).Distinct(StringComparer.Ordinal)];
        if (Array.Find(part, key => !state.Has(key)) is { } stranger)
        {
            return Ruling.Refuse("escalation-linked", $"'{stranger}' does not belong to this proposal.");
        }

        return part.Length == 0 || part.Length == state.Escalations.Count
            ? Ruling.Refuse("split-part", "Name some of the escalations, and leave at least one.", "reclassify-crisis")
            : Ruling.Accept(new ProposalSplit(part, command.Type ?? state.Type, command.Region ?? state.Regions, command.Summary));
    }

    public static IEnumerable<SplitProposal> Samples(Crisis state, DecisionContext context) => state.Stage == CrisisState.None
        ? [new(["ESC-2027-000103"], "A second attacker in another town")]
        : state.Escalations.Reverse().Select(e => new SplitProposal([e.Key], "A second attacker in another town"));
}

public sealed record ProposalSplit(IReadOnlyList<string> Escalations, CrisisType Type, IReadOnlyList<string> Region, string Summary) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state.Without(Escalations);

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Split off: {string.Join(", ", Escalations)}", Summary).ToCrossFunctional();
}
