using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class UnmaskTermEndpoint
{
    [WolverinePost("/v1/crises/{key}/unmask-term")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, UnmaskTerm>(http, key);
}

public sealed class UnmaskTermValidator : AbstractValidator<UnmaskTerm>
{
    public UnmaskTermValidator()
    {
        RuleFor(c => c.Term).Text(200);
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class UnmaskTermHandler
{
    public static Task<Reply> Handle(Order<UnmaskTerm> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, UnmaskTerm>(order, cancellation);
}
