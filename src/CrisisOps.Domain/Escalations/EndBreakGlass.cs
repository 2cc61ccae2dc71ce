using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Ends a read by break-glass: at its time, or sooner by whoever broke it (domain §9.1).</summary>
/// <param name="Generation">Which break the timer belongs to; people leave it out.</param>
public sealed record EndBreakGlass(string Person, int? Generation = null) : Command, IEscalationCommand<EndBreakGlass>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.OnceRaised("end-break-glass", [.. Givers.Leads, Role.System]);

    public static Ruling Decide(EndBreakGlass command, Escalation state, DecisionContext context)
    {
        var timer = context.Caller.Is(Role.System);
        if (!timer && command.Person != context.Caller.Id)
        {
            return Ruling.Refuse("own-break-glass", "Whoever broke the glass ends it; it ends by itself within the hour.");
        }

        if (state.GlassBreaks.Find(g => g.Person == command.Person) is not { } broken)
        {
            return timer ? Stale() : Ruling.Refuse("glass-broken", "You do not read this case by break-glass.");
        }

        return (command.Generation is { } generation && generation != broken.Generation) || (timer && broken.Until > context.Now)
            ? Stale()
            : Ruling.Accept(new BreakGlassEnded(command.Person));
    }

    public static IEnumerable<EndBreakGlass> Samples(Escalation state, DecisionContext context) => [new(context.Caller.Id)];

    private static Ruling Stale() => Ruling.Refuse("deadline-current", "This read was ended, or its time has not come.");
}

public sealed record BreakGlassEnded(string Person) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { GlassBreaks = state.GlassBreaks.RemoveAll(g => g.Person == Person) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) => new(EntryKind.RoleChange, $"{Person} no longer reads by break-glass");
}
