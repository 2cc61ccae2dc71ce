using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Subscriptions;

public static class DisableSubscriptionEndpoint
{
    [WolverinePost("/v1/subscriptions/{key}/disable")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Subscription, DisableSubscription>(http, key);
}

public sealed class DisableSubscriptionValidator : AbstractValidator<DisableSubscription>
{
    public DisableSubscriptionValidator() => RuleFor(c => c.Reason).Text(1_000);
}

public static class DisableSubscriptionHandler
{
    public static Task<Reply> Handle(Order<DisableSubscription> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Subscription, DisableSubscription>(order, cancellation);
}
