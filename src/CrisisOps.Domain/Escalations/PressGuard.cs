using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Press is answered by communications, and communications answers press only (domain §2.1, §9.6).</summary>
internal static class PressGuard
{
    public static Ruling? Check(Escalation state, DecisionContext context)
    {
        var press = state.Source == Source.Press || state.PolicyArea == PolicyArea.MediaInquiry;
        if (press)
        {
            return context.Caller.Is(Role.Communications) || context.OnDutyFor.Contains(Function.Comms)
                ? null
                : Ruling.Refuse("press-needs-communications", "Press is answered by communications: ask them for the approved line.", "request-input");
        }

        return context.Caller.IsAny(Givers.Specialists)
            ? null
            : Ruling.Refuse(RefusalKind.Forbidden, "communications-answer-press", "Communications answers the press; other requesters are answered by specialists.");
    }
}
