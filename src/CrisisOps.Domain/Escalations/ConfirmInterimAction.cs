using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>The second look at an interim action, by somebody else than who took it (domain §9.1): it stands.</summary>
public sealed record ConfirmInterimAction(string ActionId) : Command, IEscalationCommand<ConfirmInterimAction>
{
    private static readonly IReadOnlyList<Role> _reviewers = [.. Givers.Specialists, Role.PolicyExpert, Role.LegalCounsel];

    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("confirm-interim-action", _reviewers);

    public static Ruling Decide(ConfirmInterimAction command, Escalation state, DecisionContext context) =>
        state.InterimActions.Find(a => a.ActionId == command.ActionId) switch
        {
            { State: InterimActionState.InForce, ExpiresAt: { } due } action when due > context.Now => action.TakenBy == context.Caller.Id
                ? Ruling.Refuse("four-eyes", $"You took {action.ActionId} yourself; a second person confirms it by {due:HH:mm}Z, or it ends.")
                : Ruling.Accept(new InterimActionConfirmed(action.ActionId)),
            { State: InterimActionState.InForce, ExpiresAt: null } => Ruling.Refuse("interim-action-awaits", "Preserving data needs nobody's approval."),
            _ => Ruling.Refuse("interim-action-awaits", $"There is no interim action '{command.ActionId}' waiting for a second look.", "take-interim-action"),
        };

    public static IEnumerable<ConfirmInterimAction> Samples(Escalation state, DecisionContext context) =>
        state.InterimActions.IsEmpty
            ? [new("ACT-1")]
            : state.InterimActions.Where(a => a is { State: InterimActionState.InForce, ExpiresAt: not null }).Select(a => new ConfirmInterimAction(a.ActionId));
}

public sealed record InterimActionConfirmed(string ActionId) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp)
    {
        var index = state.InterimActions.FindIndex(a => a.ActionId == ActionId);
        return state with { InterimActions = state.InterimActions.SetItem(index, state.InterimActions[index] with { State = InterimActionState.Confirmed }) };
    }

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Decision, $"Interim action {ActionId} confirmed by {stamp.Actor}").ToCrossFunctional($"Interim action {ActionId} confirmed");
}
