using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Subscriptions;

public static class PauseSubscriptionEndpoint
{
    [WolverinePost("/v1/subscriptions/{key}/pause")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Subscription, PauseSubscription>(http, key);
}

public sealed class PauseSubscriptionValidator : AbstractValidator<PauseSubscription>
{
    public PauseSubscriptionValidator()
    {
        RuleFor(c => c.Until).Instant();
        RuleFor(c => c.Reason).OptionalText(1_000);
    }
}

public static class PauseSubscriptionHandler
{
    public static Task<Reply> Handle(Order<PauseSubscription> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Subscription, PauseSubscription>(order, cancellation);
}
