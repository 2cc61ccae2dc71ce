using CrisisOps.Domain.Risks;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Risks;

public static class CorroborateSignalEndpoint
{
    [WolverinePost("/v1/risks/{key}/corroborate")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<RiskSignal, CorroborateSignal>(http, key);
}

public sealed class CorroborateSignalValidator : AbstractValidator<CorroborateSignal>
{
    public CorroborateSignalValidator()
    {
        RuleFor(c => c.By).Text(200);
        RuleFor(c => c.SignalKey).OptionalText(200);
        RuleFor(c => c.Note).OptionalText(10_000);
    }
}

public static class CorroborateSignalHandler
{
    public static Task<Reply> Handle(Order<CorroborateSignal> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<RiskSignal, CorroborateSignal>(order, cancellation);
}
