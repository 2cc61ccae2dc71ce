using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// One person takes a reversible, scoped action at once, for at most four hours; a second person looks at it or it ends
/// (domain §9.1). Never for anything that can not be undone. PreserveData needs nobody's approval and does not end.
/// </summary>
/// <param name="ExpiresAt">At most four hours ahead; absent means four hours.</param>
public sealed record TakeInterimAction(EnforcementAction Action, string Scope, string Reason, DateTimeOffset? ExpiresAt = null)
    : Command, IEscalationCommand<TakeInterimAction>
{
    private static readonly EnforcementAction[] _final =
    [
        EnforcementAction.SuspendAccount, EnforcementAction.TerminateAccount, EnforcementAction.DisableAdAccount, EnforcementAction.Demonetise,
        EnforcementAction.NoAction, EnforcementAction.ReferToLawEnforcement, EnforcementAction.RestoreContent, EnforcementAction.ReinstateAccount,
    ];

    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("take-interim-action", Givers.Specialists);

    public static Ruling Decide(TakeInterimAction command, Escalation state, DecisionContext context)
    {
        if (_final.Contains(command.Action))
        {
            return Ruling.Refuse("interim-action-reversible", $"{command.Action} can not be an interim action: it must be reversible and scoped.", "propose-decision");
        }

        if (command.Action == EnforcementAction.PreserveData)
        {
            return Ruling.Accept(new InterimActionTaken(NextId(state), command.Action, command.Scope, command.Reason, null));
        }

        if (!Urgent(state))
        {
            return Ruling.Refuse("interim-action-urgent", "An interim action is for SEV1 and SEV2, grey areas and local law; this case is none of them.", "change-severity", "propose-decision");
        }

        var limit = context.Now + context.Rules.ServiceLevels.InterimActionLimit;
        var expires = command.ExpiresAt ?? limit;
        return expires <= context.Now || expires > limit
            ? Ruling.Refuse("interim-action-limit", $"expiresAt must lie ahead and at most {context.Rules.ServiceLevels.InterimActionLimit.TotalHours:0.#} hours from now.")
            : Ruling.Accept(new InterimActionTaken(NextId(state), command.Action, command.Scope, command.Reason, expires));
    }

    public static IEnumerable<TakeInterimAction> Samples(Escalation state, DecisionContext context) =>
    [
        new(EnforcementAction.RemoveContent, "the live video and its re-uploads", "attack in progress"),
        new(EnforcementAction.PreserveData, "the account's data", "before any removal"),
    ];

    private static bool Urgent(Escalation state) =>
        state.EffectiveSeverity <= Severity.SEV2 || state.Has(Flag.GreyArea) || state.Has(Flag.LegalOrder) || state.PolicyArea == PolicyArea.LocalLaw;

    private static string NextId(Escalation state) => $"ACT-{state.InterimActions.Count + 1}";
}

public sealed record InterimActionTaken(string ActionId, EnforcementAction Action, string Scope, string Reason, DateTimeOffset? ExpiresAt) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) =>
        state with { InterimActions = state.InterimActions.Add(new InterimAction(ActionId, Action, Scope, Reason, ExpiresAt, stamp.Actor)) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Decision, $"Interim action {ActionId}: {Action} on {Scope}", ExpiresAt is null ? Reason : $"{Reason}; second look due {ExpiresAt:HH:mm}Z")
            .ToCrossFunctional()
            .ToExecutive($"Interim action taken: {Action}");
}
