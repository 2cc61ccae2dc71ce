using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class BreakGlassReadEndpoint
{
    [WolverinePost("/v1/escalations/{key}/break-glass-read")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, BreakGlassRead>(http, key);
}

public sealed class BreakGlassReadValidator : AbstractValidator<BreakGlassRead>
{
    public BreakGlassReadValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class BreakGlassReadHandler
{
    public static Task<Reply> Handle(Order<BreakGlassRead> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, BreakGlassRead>(order, cancellation);
}
