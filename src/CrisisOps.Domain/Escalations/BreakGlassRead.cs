using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// A duty lead reads above their clearance, for an hour, with a reason; it is recorded and the owner is told (domain §9.1).
/// Given without sight of the case, since sight is what it gives.
/// </summary>
public sealed record BreakGlassRead(string Reason) : Command, IEscalationCommand<BreakGlassRead>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.OnceRaised("break-glass-read", Givers.Leads) with { Unsighted = true };

    public static Ruling Decide(BreakGlassRead command, Escalation state, DecisionContext context) =>
        state.GlassBreaks.Find(g => g.Person == context.Caller.Id && g.Until > context.Now) is { } broken
            ? Ruling.Refuse("glass-whole", $"You read this case by break-glass until {broken.Until:HH:mm}Z already.", "end-break-glass")
            : Ruling.Accept(new BrokeGlass(context.Caller.Id, command.Reason, context.Now + context.Rules.ServiceLevels.BreakGlassFor));

    public static IEnumerable<BreakGlassRead> Samples(Escalation state, DecisionContext context) => [new("the owner can not be reached")];
}

public sealed record BrokeGlass(string Person, string Reason, DateTimeOffset Until) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        GlassBreaks = state.GlassBreaks.RemoveAll(g => g.Person == Person).Add(new GlassBreak(Person, Reason, Until, state.GlassBreakCount + 1)),
        GlassBreakCount = state.GlassBreakCount + 1,
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) => new(EntryKind.RoleChange, $"{Person} reads by break-glass until {Until:HH:mm}Z", Reason);
}
