using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class ResolveEndpoint
{
    [WolverinePost("/v1/escalations/{key}/resolve")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, Resolve>(http, key);
}

public sealed class ResolveValidator : AbstractValidator<Resolve>
{
    public ResolveValidator() => RuleFor(c => c.Summary).OptionalText(10_000);
}

public static class ResolveHandler
{
    public static Task<Reply> Handle(Order<Resolve> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, Resolve>(order, cancellation);
}
