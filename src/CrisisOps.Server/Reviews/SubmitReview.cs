using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Reviews;

public static class SubmitReviewEndpoint
{
    [WolverinePost("/v1/reviews/{key}/submit")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<PostIncidentReview, SubmitReview>(http, key);
}

public sealed class SubmitReviewValidator : AbstractValidator<SubmitReview>
{
    public SubmitReviewValidator() => RuleFor(c => c.Note).OptionalText(10_000);
}

public static class SubmitReviewHandler
{
    /// <summary>The facts are computed before the lane is entered: reading an incident takes its time, and the instant it is frozen at stands still.</summary>
    public static async Task<Reply> Handle(Order<SubmitReview> order, CommandLanes lanes, FactsReader facts, CancellationToken cancellation) =>
        await lanes.Execute<PostIncidentReview, SubmitReview>(order with { Command = order.Command.With(await facts.Frozen(order.Key, order.Caller, cancellation)) }, cancellation);
}
