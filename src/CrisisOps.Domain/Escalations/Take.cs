using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// One keystroke at 03:00: triage with the defaults of the raise, assign to me, start the investigation, in one commit
/// (domain §9.4). Taking it says that the duplicate candidates shown with the case were looked at.
/// </summary>
/// <param name="Severity">Absent means as proposed at the raise, or the floor of an election phase if that is worse.</param>
/// <param name="Flags">Added to those the raise claimed.</param>
/// <param name="Hypothesis">What it might be; stays in the core team.</param>
public sealed record Take(
    Severity? Severity = null,
    PolicyArea? PolicyArea = null,
    IReadOnlyList<string>? Region = null,
    IReadOnlyList<Flag>? Flags = null,
    TvecCode? Tvec = null,
    string? Hypothesis = null,
    string? Reason = null) : Command, IEscalationCommand<Take>, INamesFacts<Escalation>, INamesPeople
{
    public static CommandRule<Escalation> Rule { get; } =
        Givers.Rule("take", Givers.Specialists, EscalationState.Received, EscalationState.Triaged);

    public IEnumerable<string> People(string caller) => [caller];

    public IEnumerable<(string Kind, string Id)> Facts(Escalation state) => ElectionFloor.Facts(Region ?? Triage.FromRaise(state).Region);

    public static Ruling Decide(Take command, Escalation state, DecisionContext context)
    {
        var me = context.Caller.Id;
        var reason = string.IsNullOrWhiteSpace(command.Reason) ? "takes it" : command.Reason;
        if (AssigneeGuard.Check(me, reason, null, state, context) is { } refused)
        {
            return refused;
        }

        object[] mine = [new EscalationAssigned(me, context.Self?.Shift, [], reason), new InvestigationStarted(command.Hypothesis)];
        if (state.Stage == EscalationState.Triaged)
        {
            return command is { Severity: null, PolicyArea: null, Region: null, Flags: null, Tvec: null }
                ? Ruling.Accept(mine)
                : Ruling.Refuse("triage-ahead", "This case is triaged already: take it as it is, and change what is wrong.", "change-severity", "reclassify");
        }

        var triage = AsTriage(command, state, context);
        return Triage.Decide(triage, state, context) is Ruling.Refused no ? no : Ruling.Accept([Triage.Event(triage, state, context), .. mine]);
    }

    public static IEnumerable<Take> Samples(Escalation state, DecisionContext context) => [new()];

    private static Triage AsTriage(Take command, Escalation state, DecisionContext context)
    {
        var raised = Triage.FromRaise(state);
        var triage = raised with
        {
            Severity = command.Severity ?? raised.Severity,
            PolicyArea = command.PolicyArea ?? raised.PolicyArea,
            Region = command.Region ?? raised.Region,
            Tvec = command.Tvec,
            Flags = command.Flags,
        };

        // A default gives way to the floor; a severity that somebody chose is refused below it.
        return command.Severity is null && ElectionFloor.Of(triage.PolicyArea, triage.Region, context) is { } floor && triage.Severity > floor
            ? triage with { Severity = floor }
            : triage;
    }
}
