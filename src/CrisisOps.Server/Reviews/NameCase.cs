using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Reviews;

public static class NameCaseEndpoint
{
    [WolverinePost("/v1/reviews/{key}/name-case")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<PostIncidentReview, NameCase>(http, key);
}

public sealed class NameCaseValidator : AbstractValidator<NameCase>
{
    public NameCaseValidator() => RuleFor(c => c.EscalationKey).Text(200);
}

public static class NameCaseHandler
{
    public static Task<Reply> Handle(Order<NameCase> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, NameCase>(order, cancellation);
}
