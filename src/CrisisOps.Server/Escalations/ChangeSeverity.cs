using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class ChangeSeverityEndpoint
{
    [WolverinePost("/v1/escalations/{key}/change-severity")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, ChangeSeverity>(http, key);
}

public sealed class ChangeSeverityValidator : AbstractValidator<ChangeSeverity>
{
    public ChangeSeverityValidator() => RuleFor(c => c.Reason).OptionalText(10_000);
}

public static class ChangeSeverityHandler
{
    public static Task<Reply> Handle(Order<ChangeSeverity> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, ChangeSeverity>(order, cancellation);
}
