using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class MergeEndpoint
{
    [WolverinePost("/v1/escalations/{key}/merge")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, Merge>(http, key);
}

public sealed class MergeValidator : AbstractValidator<Merge>
{
    public MergeValidator() => RuleFor(c => c.Into).Text(200);
}

public static class MergeHandler
{
    public static Task<Reply> Handle(Order<Merge> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, Merge>(order, cancellation);
}
