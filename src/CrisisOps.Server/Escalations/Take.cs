using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class TakeEndpoint
{
    [WolverinePost("/v1/escalations/{key}/take")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, Take>(http, key);
}

public sealed class TakeValidator : AbstractValidator<Take>
{
    public TakeValidator()
    {
        RuleFor(c => c.Region).Regions();
        RuleFor(c => c.Flags).Most(100);
        RuleFor(c => c.Hypothesis).OptionalText(10_000);
        RuleFor(c => c.Reason).OptionalText(10_000);
    }
}

public static class TakeHandler
{
    public static Task<Reply> Handle(Order<Take> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, Take>(order, cancellation);
}
