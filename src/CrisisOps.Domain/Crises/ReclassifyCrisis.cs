using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Changes the type or the region of a crisis (domain §9.4).</summary>
/// <param name="Region">The whole new list; absent keeps it.</param>
public sealed record ReclassifyCrisis(CrisisType? Type = null, IReadOnlyList<string>? Region = null, IReadOnlyList<string>? Languages = null)
    : Command, ICrisisCommand<ReclassifyCrisis>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("reclassify-crisis", CrisisState.Proposed);

    public static Ruling Decide(ReclassifyCrisis command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.CommandOrLead.Check(state, context) is { } refused)
        {
            return refused;
        }

        var type = command.Type ?? state.Type;
        IReadOnlyList<string> region = command.Region ?? state.Regions;
        IReadOnlyList<string> languages = command.Languages ?? state.Languages;
        return type == state.Type && region.SequenceEqual(state.Regions) && languages.SequenceEqual(state.Languages)
            ? Ruling.Refuse("something-changes", "Name another type, region or language; it is all of that already.")
            : Ruling.Accept(new CrisisReclassified(type, region, languages));
    }

    public static IEnumerable<ReclassifyCrisis> Samples(Crisis state, DecisionContext context) =>
        [new(state.Type == CrisisType.CivilUnrest ? CrisisType.Other : CrisisType.CivilUnrest)];
}

public sealed record CrisisReclassified(CrisisType Type, IReadOnlyList<string> Region, IReadOnlyList<string> Languages) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { Type = Type, Regions = [.. Region], Languages = [.. Languages] };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Now {Type} in {(Region.Count > 0 ? string.Join(", ", Region) : "every region")}").ToCrossFunctional().ToExecutive($"Now {Type}");
}
