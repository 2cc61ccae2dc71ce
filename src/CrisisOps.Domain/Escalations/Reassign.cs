using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Gives an assigned case another owner, in any later open state. As with assign, outside an active shift it takes a reason
/// (domain §2.1, §9.1).
/// </summary>
/// <param name="To">The new owner.</param>
/// <param name="CoOwners">The whole new list; absent keeps who is there.</param>
/// <param name="HandoffRef">The handoff that moves it, for example <c>HND-1515</c>.</param>
public sealed record Reassign(string To, string? Reason = null, IReadOnlyList<string>? CoOwners = null, string? HandoffRef = null)
    : Command, IEscalationCommand<Reassign>, INamesPeople
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule(
        "reassign", Givers.Specialists, EscalationState.Assigned, EscalationState.Investigating, EscalationState.DecisionProposed, EscalationState.Decided);

    public IEnumerable<string> People(string caller) => new[] { To }.Concat(CoOwners ?? []).Where(p => p is not null);

    public static Ruling Decide(Reassign command, Escalation state, DecisionContext context)
    {
        if (string.IsNullOrWhiteSpace(command.To))
        {
            return Ruling.Refuse("assignee-known", "Name the new owner in to.");
        }

        IReadOnlyList<string> coOwners = [.. (command.CoOwners ?? state.CoOwners).Where(p => p != command.To).Distinct()];
        if (command.To == state.Owner && coOwners.SequenceEqual(state.CoOwners))
        {
            return Ruling.Refuse("owner-changes", $"'{command.To}' owns this case already.");
        }

        // Whoever is co-owner already was checked when that began.
        return AssigneeGuard.Check(command.To, command.Reason, command.CoOwners, state, context) is { } refused
            ? refused
            : Ruling.Accept(new EscalationReassigned(state.Owner, command.To, context.Person(command.To)?.Shift, coOwners, command.Reason, command.HandoffRef,
                command.HandoffRef is null ? null : state.NextUpdateFrom(context)));
    }

    public static IEnumerable<Reassign> Samples(Escalation state, DecisionContext context)
    {
        foreach (var person in AssigneeGuard.Colleagues(state, context).Prepend(context.Caller.Id).Where(person => person != state.Owner))
        {
            yield return new(person, "the shift ends");
        }

        if (state is { Owner: { } owner, CoOwners.IsEmpty: false })
        {
            yield return new(owner, "the handoff is done", CoOwners: []);
        }
    }

    public static Candidates? ChoosesFrom(Escalation state, Caller caller) =>
        new Candidates.Colleagues(state.Tlp, state.Owner is { } owner ? [owner, caller.Id] : [caller.Id]);
}

/// <param name="Shift">The active shift of the new owner, if the directory knows one.</param>
/// <param name="NextUpdateDue">A handoff with read-back tells somebody what there is to tell: the new end of the update clock; null without one.</param>
public sealed record EscalationReassigned(
    string? From, string To, string? Shift, IReadOnlyList<string> CoOwners, string? Reason, string? HandoffRef, DateTimeOffset? NextUpdateDue = null) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        Owner = To,
        CoOwners = [.. CoOwners],
        Clocks = NextUpdateDue is { } due ? state.Clocks.Postpone(due, stamp.RecordedAt) : state.Clocks,
        NextUpdateDue = NextUpdateDue ?? state.NextUpdateDue,
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        var entry = new Entry(EntryKind.RoleChange, From is null || From == To ? $"Owned by {To}" : $"{From} hands over to {To}", Reason);
        return (HandoffRef is null ? entry : entry with { Kind = EntryKind.Handoff, Headline = $"{entry.Headline} ({HandoffRef})" })
            .ToCrossFunctional($"Assigned to {To}");
    }
}
