using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class AcknowledgeUpdateEndpoint
{
    [WolverinePost("/v1/crises/{key}/acknowledge-update")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, AcknowledgeUpdate>(http, key);
}

public sealed class AcknowledgeUpdateValidator : AbstractValidator<AcknowledgeUpdate>
{
    public AcknowledgeUpdateValidator() => RuleFor(c => c.UpdateId).Text(200);
}

public static class AcknowledgeUpdateHandler
{
    public static Task<Reply> Handle(Order<AcknowledgeUpdate> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, AcknowledgeUpdate>(order, cancellation);
}
