using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class MaskTermEndpoint
{
    [WolverinePost("/v1/crises/{key}/mask-term")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, MaskTerm>(http, key);
}

public sealed class MaskTermValidator : AbstractValidator<MaskTerm>
{
    public MaskTermValidator() => RuleFor(c => c.Term).Text(200);
}

public static class MaskTermHandler
{
    public static Task<Reply> Handle(Order<MaskTerm> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, MaskTerm>(order, cancellation);
}
