using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class EnterPhaseEndpoint
{
    [WolverinePost("/v1/elections/{key}/enter-phase")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, EnterPhase>(http, key);
}

public sealed class EnterPhaseValidator : AbstractValidator<EnterPhase>
{
    public EnterPhaseValidator() => RuleFor(c => c.Reason).OptionalText(10_000);
}

public static class EnterPhaseHandler
{
    public static Task<Reply> Handle(Order<EnterPhase> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, EnterPhase>(order, cancellation);
}
