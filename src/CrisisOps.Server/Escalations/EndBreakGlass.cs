using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class EndBreakGlassEndpoint
{
    [WolverinePost("/v1/escalations/{key}/end-break-glass")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, EndBreakGlass>(http, key);
}

public sealed class EndBreakGlassValidator : AbstractValidator<EndBreakGlass>
{
    public EndBreakGlassValidator() => RuleFor(c => c.Person).Text(200);
}

/// <summary>The end of a read by break-glass. That somebody reads so is for the core team only.</summary>
public sealed class BreakGlassEnd() : DeadlineCommand<EndBreakGlass>(EscalationDeadlines.BreakGlassEnd, due => new(due.Ref, due.Generation))
{
    public override bool CoreOnly => true;
}

public static class EndBreakGlassHandler
{
    public static Task<Reply> Handle(Order<EndBreakGlass> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, EndBreakGlass>(order, cancellation);
}
