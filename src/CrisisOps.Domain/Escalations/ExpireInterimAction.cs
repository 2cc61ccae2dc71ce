using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>The deadline of an interim action nobody confirmed: it ends, and the missed second look stays on record.</summary>
public sealed record ExpireInterimAction(string ActionId) : Command, IEscalationCommand<ExpireInterimAction>
{
    public static CommandRule<Escalation> Rule { get; } = new("expire-interim-action", Givers.Timers, _ => true);

    public static Ruling Decide(ExpireInterimAction command, Escalation state, DecisionContext context) =>
        state.InterimActions.Find(a => a.ActionId == command.ActionId) is { State: InterimActionState.InForce, ExpiresAt: { } due } && due <= context.Now
            ? Ruling.Accept(new InterimActionExpired(command.ActionId, due))
            : Ruling.Refuse("deadline-current", "This interim action was confirmed or has ended.");

    public static IEnumerable<ExpireInterimAction> Samples(Escalation state, DecisionContext context) => [];
}

/// <param name="DueAt">When the second look was due.</param>
public sealed record InterimActionExpired(string ActionId, DateTimeOffset DueAt) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp)
    {
        var index = state.InterimActions.FindIndex(a => a.ActionId == ActionId);
        return state with { InterimActions = state.InterimActions.SetItem(index, state.InterimActions[index] with { State = InterimActionState.Expired }) };
    }

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"Interim action {ActionId} ended: nobody confirmed it by {DueAt:HH:mm}Z").ToCrossFunctional();
}
