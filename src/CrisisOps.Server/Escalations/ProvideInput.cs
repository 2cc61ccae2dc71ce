using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class ProvideInputEndpoint
{
    [WolverinePost("/v1/escalations/{key}/provide-input")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, ProvideInput>(http, key);
}

public sealed class ProvideInputValidator : AbstractValidator<ProvideInput>
{
    public ProvideInputValidator()
    {
        RuleFor(c => c.ConsultId).Text(200);
        RuleFor(c => c.Text).Text(10_000);
    }
}

public static class ProvideInputHandler
{
    public static Task<Reply> Handle(Order<ProvideInput> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, ProvideInput>(order, cancellation);
}
