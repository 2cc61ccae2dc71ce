using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class UnnameReaderEndpoint
{
    [WolverinePost("/v1/escalations/{key}/unname-reader")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, UnnameReader>(http, key);
}

public sealed class UnnameReaderValidator : AbstractValidator<UnnameReader>
{
    public UnnameReaderValidator()
    {
        RuleFor(c => c.Person).Text(200);
        RuleFor(c => c.Reason).OptionalText(10_000);
    }
}

public static class UnnameReaderHandler
{
    public static Task<Reply> Handle(Order<UnnameReader> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, UnnameReader>(order, cancellation);
}
