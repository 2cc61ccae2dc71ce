using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class StartInvestigationEndpoint
{
    [WolverinePost("/v1/escalations/{key}/start-investigation")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, StartInvestigation>(http, key);
}

public sealed class StartInvestigationValidator : AbstractValidator<StartInvestigation>
{
    public StartInvestigationValidator() => RuleFor(c => c.Hypothesis).OptionalText(10_000);
}

public static class StartInvestigationHandler
{
    public static Task<Reply> Handle(Order<StartInvestigation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, StartInvestigation>(order, cancellation);
}
