using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>The second person for lowering the TLP of an item of our own (domain §9.5).</summary>
public sealed record ApproveTlpLowering : Command, IEscalationCommand<ApproveTlpLowering>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.OnceRaised("approve-tlp-lowering", Givers.Specialists);

    public static Ruling Decide(ApproveTlpLowering command, Escalation state, DecisionContext context)
    {
        if (state.TlpLowering is not { } asked || asked.To >= state.Tlp)
        {
            return Ruling.Refuse("lowering-asked", "Nobody asks to lower the TLP of this case.", "lower-tlp");
        }

        return asked.RequestedBy == context.Caller.Id
            ? Ruling.Refuse("second-person", "You asked for it yourself; a second person approves.")
            : Ruling.Accept(new TlpLowered(state.Tlp, asked.To, asked.Reason, null, asked.RequestedBy));
    }

    public static IEnumerable<ApproveTlpLowering> Samples(Escalation state, DecisionContext context) => [new()];
}
