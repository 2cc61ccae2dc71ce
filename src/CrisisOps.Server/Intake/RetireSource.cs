using CrisisOps.Domain.Intake;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Intake;

public static class RetireSourceEndpoint
{
    [WolverinePost("/v1/sources/{key}/retire")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<AlertSource, RetireSource>(http, key);
}

public sealed class RetireSourceValidator : AbstractValidator<RetireSource>
{
    public RetireSourceValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class RetireSourceHandler
{
    public static Task<Reply> Handle(Order<RetireSource> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, RetireSource>(order, cancellation);
}
