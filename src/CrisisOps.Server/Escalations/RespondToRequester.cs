using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class RespondToRequesterEndpoint
{
    [WolverinePost("/v1/escalations/{key}/respond-to-requester")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, RespondToRequester>(http, key);
}

public sealed class RespondToRequesterValidator : AbstractValidator<RespondToRequester>
{
    public RespondToRequesterValidator()
    {
        RuleFor(c => c.Template).Text(200);
        RuleFor(c => c.Text).OptionalText(10_000);
        RuleFor(c => c.Requester).OptionalText(200);
    }
}

public static class RespondToRequesterHandler
{
    public static Task<Reply> Handle(Order<RespondToRequester> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, RespondToRequester>(order, cancellation);
}
