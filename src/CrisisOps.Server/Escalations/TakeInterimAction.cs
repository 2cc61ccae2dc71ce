using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class TakeInterimActionEndpoint
{
    [WolverinePost("/v1/escalations/{key}/take-interim-action")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, TakeInterimAction>(http, key);
}

public sealed class TakeInterimActionValidator : AbstractValidator<TakeInterimAction>
{
    public TakeInterimActionValidator()
    {
        RuleFor(c => c.Scope).Text(10_000);
        RuleFor(c => c.Reason).Text(10_000);
        RuleFor(c => c.ExpiresAt).Instant();
    }
}

public static class TakeInterimActionHandler
{
    public static Task<Reply> Handle(Order<TakeInterimAction> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, TakeInterimAction>(order, cancellation);
}
