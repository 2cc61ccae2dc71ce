using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class CancelAlertEndpoint
{
    [WolverinePost("/v1/crises/{key}/cancel-alert")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, CancelAlert>(http, key);
}

public sealed class CancelAlertValidator : AbstractValidator<CancelAlert>
{
    public CancelAlertValidator()
    {
        RuleFor(c => c.AlertId).Text(200);
        RuleFor(c => c.Text).OptionalText(10_000);
    }
}

public static class CancelAlertHandler
{
    public static Task<Reply> Handle(Order<CancelAlert> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, CancelAlert>(order, cancellation);
}
