using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class TriageEndpoint
{
    [WolverinePost("/v1/escalations/{key}/triage")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, Triage>(http, key);
}

public sealed class TriageValidator : AbstractValidator<Triage>
{
    public TriageValidator()
    {
        RuleFor(c => c.Region).Regions();
        RuleFor(c => c.Flags).Most(100);
    }
}

public static class TriageHandler
{
    public static Task<Reply> Handle(Order<Triage> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, Triage>(order, cancellation);
}
