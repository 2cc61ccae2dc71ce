using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Subscriptions;

public static class RemoveSubscriptionEndpoint
{
    [WolverinePost("/v1/subscriptions/{key}/remove")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Subscription, RemoveSubscription>(http, key);
}

public sealed class RemoveSubscriptionValidator : AbstractValidator<RemoveSubscription>
{
    public RemoveSubscriptionValidator() => RuleFor(c => c.Reason).OptionalText(1_000);
}

public static class RemoveSubscriptionHandler
{
    public static Task<Reply> Handle(Order<RemoveSubscription> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Subscription, RemoveSubscription>(order, cancellation);
}
