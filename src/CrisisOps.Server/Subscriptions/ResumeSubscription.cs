using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Subscriptions;

public static class ResumeSubscriptionEndpoint
{
    [WolverinePost("/v1/subscriptions/{key}/resume")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Subscription, ResumeSubscription>(http, key);
}

public sealed class ResumeSubscriptionValidator : AbstractValidator<ResumeSubscription>
{
    public ResumeSubscriptionValidator() => RuleFor(c => c.Note).OptionalText(1_000);
}

/// <summary>The end of a pause.</summary>
public sealed class SubscriptionPauseEnd() : DeadlineCommand<ResumeSubscription>(Subscription.PauseEnd, due => new(Generation: due.Generation));

public static class ResumeSubscriptionHandler
{
    public static Task<Reply> Handle(Order<ResumeSubscription> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Subscription, ResumeSubscription>(order, cancellation);
}
