using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>It flares up again: back to active and its cadence (domain §2.2).</summary>
public sealed record Reescalate(string Reason) : Command, ICrisisCommand<Reescalate>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule("reescalate", CrisisState.Stabilizing);

    public static Ruling Decide(Reescalate command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.CommandOrLead.Check(state, context) is { } refused)
        {
            return refused;
        }

        if (string.IsNullOrWhiteSpace(command.Reason))
        {
            return Ruling.Refuse("reason-given", "Say in reason what happened.");
        }

        var cadence = context.Rules.Crises.Cadence(CrisisState.Active, state.Level!.Value);
        object[] missed = state.Cadence == cadence ? [] : SitRepSlots.Missed(state, context.Now);
        return Ruling.Accept([.. missed, new CrisisReescalated(command.Reason, cadence, SitRepSlots.Changed(state, cadence, context.Now)!.Value)]);
    }

    public static IEnumerable<Reescalate> Samples(Crisis state, DecisionContext context) => [new("a second live video")];
}

public sealed record CrisisReescalated(string Reason, TimeSpan Cadence, DateTimeOffset NextSitRepDue) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => (state with { Stage = CrisisState.Active }).WithCadence(Cadence, NextSitRepDue);

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Active again", $"{Reason}; {SitRepSlots.Next(NextSitRepDue)}")
            .ToCrossFunctional()
            .ToExecutive("Active again", Reason);
}
