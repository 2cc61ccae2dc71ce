using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Subscriptions;

public static class RequestSubscriptionEndpoint
{
    [WolverinePost("/v1/subscriptions")]
    public static Task<IResult> Post(HttpContext http, IMessageBus bus) => bus.Take<Subscription, RequestSubscription>(http);
}

public sealed class RequestSubscriptionValidator : AbstractValidator<RequestSubscription>
{
    public RequestSubscriptionValidator()
    {
        RuleFor(c => c.Subscriber).Text(40);
        RuleFor(c => c.Scope).SetValidator(new SubscriptionScopeValidator());
        RuleFor(c => c.Channels).Most(10);
        RuleFor(c => c.QuietHours!.Tz).Text(100).When(c => c.QuietHours is not null);
    }
}

/// <summary>The shape of a scope, wherever it stands.</summary>
public sealed class SubscriptionScopeValidator : AbstractValidator<SubscriptionScope>
{
    public SubscriptionScopeValidator()
    {
        RuleFor(s => s.Streams).Texts(100, 60);
        RuleFor(s => s.Types).Most(50);
        RuleFor(s => s.Regions).Regions();
        RuleFor(s => s.PolicyAreas).Most(50);
        RuleFor(s => s.Elections).Texts(100, 60);
    }
}

public static class RequestSubscriptionHandler
{
    public static Task<Reply> Handle(Order<RequestSubscription> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Subscription, RequestSubscription>(order, cancellation);
}
