using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Masks a term no more in what is told from here on; texts made before stay masked.</summary>
public sealed record UnmaskTerm(string Term, string Reason) : Command, ICrisisCommand<UnmaskTerm>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.OnceProposed("unmask-term");

    public static Ruling Decide(UnmaskTerm command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.CommandOrLead.Check(state, context) is { } refused)
        {
            return refused;
        }

        return state.MaskedTerms.Find(t => string.Equals(t, command.Term, StringComparison.OrdinalIgnoreCase)) is { } term
            ? Ruling.Accept(new CrisisTermUnmasked(term, command.Reason))
            : Ruling.Refuse("term-masked", "This term is not masked.");
    }

    public static IEnumerable<UnmaskTerm> Samples(Crisis state, DecisionContext context) =>
        (state.Stage == CrisisState.None ? ["the perpetrator's name"] : state.MaskedTerms.AsEnumerable()).Select(term => new UnmaskTerm(term, "a common word"));
}

public sealed record CrisisTermUnmasked(string Term, string Reason) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { MaskedTerms = state.MaskedTerms.Remove(Term) };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) => new(EntryKind.StateChange, $"Masked no more: {Term}", Reason);
}
