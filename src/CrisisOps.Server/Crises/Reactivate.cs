using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class ReactivateEndpoint
{
    [WolverinePost("/v1/crises/{key}/reactivate")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, Reactivate>(http, key);
}

public sealed class ReactivateValidator : AbstractValidator<Reactivate>
{
    public ReactivateValidator()
    {
        RuleFor(c => c.Reason).Text(10_000);
        RuleFor(c => c.IncidentCommander).OptionalText(200);
    }
}

public static class ReactivateHandler
{
    public static Task<Reply> Handle(Order<Reactivate> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, Reactivate>(order, cancellation);
}
