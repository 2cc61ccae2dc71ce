using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class RouteEscalationEndpoint
{
    [WolverinePost("/v1/escalations/{key}/route")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, RouteEscalation>(http, key);
}

public sealed class RouteEscalationValidator : AbstractValidator<RouteEscalation>
{
    public RouteEscalationValidator()
    {
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class RouteEscalationHandler
{
    public static Task<Reply> Handle(Order<RouteEscalation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, RouteEscalation>(order, cancellation);
}
