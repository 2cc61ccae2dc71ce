using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Reviews;

public static class RecordContributingFactorEndpoint
{
    [WolverinePost("/v1/reviews/{key}/record-contributing-factor")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<PostIncidentReview, RecordContributingFactor>(http, key);
}

public sealed class RecordContributingFactorValidator : AbstractValidator<RecordContributingFactor>
{
    public RecordContributingFactorValidator()
    {
        RuleFor(c => c.Text).Text(10_000);
        RuleFor(c => c.Refs).Texts(100, 200);
    }
}

public static class RecordContributingFactorHandler
{
    public static Task<Reply> Handle(Order<RecordContributingFactor> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, RecordContributingFactor>(order, cancellation);
}
