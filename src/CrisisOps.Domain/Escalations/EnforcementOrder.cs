using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>One action that the platform's systems are to carry out, or to undo.</summary>
public sealed record OrderedAction(string ActionId, EnforcementAction Action);

/// <summary>What the platform's systems are told to do: the actions of a decision, or an interim action, or the end of one.</summary>
/// <param name="About">The decision, or the interim action.</param>
/// <param name="TerritorialScope">Region codes, or <c>Global</c>.</param>
/// <param name="ExpiresAt">UTC; when an interim action ends unless a second person confirms it; null for what does not end by itself.</param>
/// <param name="Ends">The interim action has ended: undo it.</param>
public sealed record EnforcementOrder(string About, ImmutableArray<OrderedAction> Actions, IReadOnlyList<string> TerritorialScope, DateTimeOffset? ExpiresAt, bool Ends)
{
    /// <summary>What no system carries out: nothing, and what people do.</summary>
    private static readonly EnforcementAction[] _ofPeople = [EnforcementAction.NoAction, EnforcementAction.ReferToLawEnforcement];

    /// <summary>The order that carries out a decision; null when it is in force no more, or nothing is left to do for a system.</summary>
    /// <param name="only">Only these of its actions; null means all.</param>
    public static EnforcementOrder? OfDecision(Escalation state, string decisionKey, IReadOnlyCollection<string>? only = null)
    {
        if (state.Decision is not { Approved: true } decision || decision.DecisionKey != decisionKey)
        {
            return null;
        }

        ImmutableArray<OrderedAction> left =
        [
            .. decision.Pending.Except(_ofPeople).Select(a => new OrderedAction(decision.ActionId(a), a)).Where(a => only?.Contains(a.ActionId) != false),
        ];
        return left.IsEmpty ? null : new EnforcementOrder(decisionKey, left, decision.TerritorialScope, null, Ends: false);
    }

    /// <summary>The order that carries out an interim action; null when it has ended, or was done.</summary>
    public static EnforcementOrder? OfInterimAction(Escalation state, string actionId) =>
        state.InterimActions.Find(a => a.ActionId == actionId) is { State: not InterimActionState.Expired, Result: not { Done: true } } action
            ? Of(state, action, action.State == InterimActionState.InForce ? action.ExpiresAt : null, ends: false)
            : null;

    /// <summary>The order that undoes an interim action that has ended; null when a decision asks for the same, or it is undone.</summary>
    public static EnforcementOrder? OfEnd(Escalation state, string actionId) =>
        state.InterimActions.Find(a => a.ActionId == actionId) is { State: InterimActionState.Expired, Undone: not { Done: true } } action
        && !(state.Decision is { Approved: true } decision && decision.Actions.Contains(action.Action))
            ? Of(state, action, null, ends: true)
            : null;

    /// <summary>An interim action holds where the local law does that it rests on; its scope in words stays here, because people wrote it.</summary>
    private static EnforcementOrder Of(Escalation state, InterimAction action, DateTimeOffset? expiresAt, bool ends)
    {
        var local = state.PolicyArea == PolicyArea.LocalLaw || action.Action == EnforcementAction.GeoRestrict;
        return new EnforcementOrder(
            action.ActionId, [new OrderedAction(action.ActionId, action.Action)], local && !state.Regions.IsEmpty ? state.Regions : [Escalations.TerritorialScope.Global], expiresAt, ends);
    }
}
