using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// It was declared in error: its levers go off in the same commit, everybody who was told is told, and no review opens
/// (domain §9.1). Alerts to partners are then cancelled.
/// </summary>
public sealed record AnnulDeclaration(string Reason) : Command, ICrisisCommand<AnnulDeclaration>
{
    private static readonly CrisisGivers _givers = CrisisGivers.CommanderAlone with { Leads = true };

    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("annul-declaration");

    public static Ruling Decide(AnnulDeclaration command, Crisis state, DecisionContext context)
    {
        if (_givers.Check(state, context) is { } refused)
        {
            return refused;
        }

        return string.IsNullOrWhiteSpace(command.Reason)
            ? Ruling.Refuse("reason-given", "Say in reason what was wrong.")
            : Ruling.Accept([.. state.ActiveLevers.Select(l => new LeverDeactivated(l.LeverId, "declared in error")), new CrisisDeclarationAnnulled(command.Reason)]);
    }

    public static IEnumerable<AnnulDeclaration> Samples(Crisis state, DecisionContext context) => [new("the video is three years old")];
}

public sealed record CrisisDeclarationAnnulled(string Reason) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state.Over(CrisisState.Annulled, stamp);

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Declared in error", Reason).ToCrossFunctional().ToExecutive("Declared in error", Reason);
}
