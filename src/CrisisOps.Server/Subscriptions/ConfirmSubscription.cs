using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Streams;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Subscriptions;

public static class ConfirmSubscriptionEndpoint
{
    [WolverinePost("/v1/subscriptions/{key}/confirm")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Subscription, ConfirmSubscription>(http, key);
}

public static class ConfirmSubscriptionHandler
{
    public static Task<Reply> Handle(Order<ConfirmSubscription> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Subscription, ConfirmSubscription>(order, cancellation);
}
