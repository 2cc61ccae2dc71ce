using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class NameReaderEndpoint
{
    [WolverinePost("/v1/escalations/{key}/name-reader")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, NameReader>(http, key);
}

public sealed class NameReaderValidator : AbstractValidator<NameReader>
{
    public NameReaderValidator()
    {
        RuleFor(c => c.Person).Text(200);
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class NameReaderHandler
{
    public static Task<Reply> Handle(Order<NameReader> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, NameReader>(order, cancellation);
}
