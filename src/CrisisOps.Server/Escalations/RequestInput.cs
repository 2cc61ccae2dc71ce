using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class RequestInputEndpoint
{
    [WolverinePost("/v1/escalations/{key}/request-input")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, RequestInput>(http, key);
}

public sealed class RequestInputValidator : AbstractValidator<RequestInput>
{
    public RequestInputValidator()
    {
        RuleFor(c => c.Question).Text(10_000);
        RuleFor(c => c.DueAt).Instant();
        RuleFor(c => c.Region).OptionalText(200);
    }
}

public static class RequestInputHandler
{
    public static Task<Reply> Handle(Order<RequestInput> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, RequestInput>(order, cancellation);
}
