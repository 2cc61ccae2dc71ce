using CrisisOps.Domain.Intake;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Intake;

public static class CancelMaintenanceEndpoint
{
    [WolverinePost("/v1/sources/{key}/cancel-maintenance")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<AlertSource, CancelMaintenance>(http, key);
}

public sealed class CancelMaintenanceValidator : AbstractValidator<CancelMaintenance>
{
    public CancelMaintenanceValidator() => RuleFor(c => c.WindowId).Text(20);
}

public static class CancelMaintenanceHandler
{
    public static Task<Reply> Handle(Order<CancelMaintenance> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, CancelMaintenance>(order, cancellation);
}
