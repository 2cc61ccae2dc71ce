using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>A name of a perpetrator or the title of what he published: masked outside Core in everything that is told from here on (domain §4, §9.5). What was told before is redacted by hand.</summary>
public sealed record MaskTerm(string Term) : Command, ICrisisCommand<MaskTerm>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.OnceProposed("mask-term");

    public static Ruling Decide(MaskTerm command, Crisis state, DecisionContext context)
    {
        if (NoteGuard.Writer(state, context) is { } refused)
        {
            return refused;
        }

        var term = command.Term?.Trim() ?? "";
        if (term.Length < 3)
        {
            return Ruling.Refuse("term-length", "A term to mask has at least three letters, or it would hide half of every text.");
        }

        return state.MaskedTerms.Contains(term, StringComparer.OrdinalIgnoreCase)
            ? Ruling.Refuse("term-masked", "This term is masked already.")
            : Ruling.Accept(new CrisisTermMasked(term));
    }

    public static IEnumerable<MaskTerm> Samples(Crisis state, DecisionContext context) => [new("the perpetrator's name")];
}

public sealed record CrisisTermMasked(string Term) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { MaskedTerms = state.MaskedTerms.Add(Term) };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) => new(EntryKind.StateChange, $"Masked outside Core: {Term}");
}
