using CrisisOps.Domain.Intake;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Intake;

public static class PlanMaintenanceEndpoint
{
    [WolverinePost("/v1/sources/{key}/plan-maintenance")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<AlertSource, PlanMaintenance>(http, key);
}

public sealed class PlanMaintenanceValidator : AbstractValidator<PlanMaintenance>
{
    public PlanMaintenanceValidator()
    {
        RuleFor(c => c.From).Instant();
        RuleFor(c => c.Reason).Text(1_000);
        RuleFor(c => c.Days).Most(7);
        RuleFor(c => c.Zone).OptionalText(100);
        RuleFor(c => c.Until).Instant();
    }
}

public static class PlanMaintenanceHandler
{
    public static Task<Reply> Handle(Order<PlanMaintenance> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, PlanMaintenance>(order, cancellation);
}
