using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class UnlinkEndpoint
{
    [WolverinePost("/v1/escalations/{key}/unlink")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, Unlink>(http, key);
}

public sealed class UnlinkValidator : AbstractValidator<Unlink>
{
    public UnlinkValidator()
    {
        RuleFor(c => c.Key).Text(200);
        RuleFor(c => c.Reason).OptionalText(10_000);
    }
}

public static class UnlinkHandler
{
    public static Task<Reply> Handle(Order<Unlink> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, Unlink>(order, cancellation);
}
