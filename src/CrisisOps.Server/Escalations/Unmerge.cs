using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class UnmergeEndpoint
{
    [WolverinePost("/v1/escalations/{key}/unmerge")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, Unmerge>(http, key);
}

public sealed class UnmergeValidator : AbstractValidator<Unmerge>
{
    public UnmergeValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class UnmergeHandler
{
    public static Task<Reply> Handle(Order<Unmerge> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, Unmerge>(order, cancellation);
}
