using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class UpdateAlertEndpoint
{
    [WolverinePost("/v1/crises/{key}/update-alert")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, UpdateAlert>(http, key);
}

public sealed class UpdateAlertValidator : AbstractValidator<UpdateAlert>
{
    public UpdateAlertValidator()
    {
        RuleFor(c => c.AlertId).Text(200);
        RuleFor(c => c.Headline).Text(300);
        RuleFor(c => c.Text).Text(10_000);
        RuleFor(c => c.Indicators).Texts(100, 200);
        RuleFor(c => c.ExpiresAt).Instant();
    }
}

public static class UpdateAlertHandler
{
    public static Task<Reply> Handle(Order<UpdateAlert> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, UpdateAlert>(order, cancellation);
}
