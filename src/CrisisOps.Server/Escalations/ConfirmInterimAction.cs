using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class ConfirmInterimActionEndpoint
{
    [WolverinePost("/v1/escalations/{key}/confirm-interim-action")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, ConfirmInterimAction>(http, key);
}

public sealed class ConfirmInterimActionValidator : AbstractValidator<ConfirmInterimAction>
{
    public ConfirmInterimActionValidator() => RuleFor(c => c.ActionId).Text(200);
}

public static class ConfirmInterimActionHandler
{
    public static Task<Reply> Handle(Order<ConfirmInterimAction> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, ConfirmInterimAction>(order, cancellation);
}
