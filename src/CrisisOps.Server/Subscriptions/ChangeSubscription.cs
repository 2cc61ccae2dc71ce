using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Subscriptions;

public static class ChangeSubscriptionEndpoint
{
    [WolverinePost("/v1/subscriptions/{key}/change")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Subscription, ChangeSubscription>(http, key);
}

public sealed class ChangeSubscriptionValidator : AbstractValidator<ChangeSubscription>
{
    public ChangeSubscriptionValidator()
    {
        RuleFor(c => c.Scope!).SetValidator(new SubscriptionScopeValidator()).When(c => c.Scope is not null);
        RuleFor(c => c.Channels).Most(10);
        RuleFor(c => c.QuietHours!.Tz).Text(100).When(c => c.QuietHours is not null);
    }
}

public static class ChangeSubscriptionHandler
{
    public static Task<Reply> Handle(Order<ChangeSubscription> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Subscription, ChangeSubscription>(order, cancellation);
}
