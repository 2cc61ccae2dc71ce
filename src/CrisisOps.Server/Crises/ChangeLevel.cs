using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class ChangeLevelEndpoint
{
    [WolverinePost("/v1/crises/{key}/change-level")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, ChangeLevel>(http, key);
}

public sealed class ChangeLevelValidator : AbstractValidator<ChangeLevel>
{
    public ChangeLevelValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class ChangeLevelHandler
{
    public static Task<Reply> Handle(Order<ChangeLevel> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, ChangeLevel>(order, cancellation);
}
