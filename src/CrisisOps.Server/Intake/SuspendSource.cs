using CrisisOps.Domain.Intake;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Intake;

public static class SuspendSourceEndpoint
{
    [WolverinePost("/v1/sources/{key}/suspend")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<AlertSource, SuspendSource>(http, key);
}

public sealed class SuspendSourceValidator : AbstractValidator<SuspendSource>
{
    public SuspendSourceValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class SuspendSourceHandler
{
    public static Task<Reply> Handle(Order<SuspendSource> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, SuspendSource>(order, cancellation);
}
