using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class ReassignEndpoint
{
    [WolverinePost("/v1/escalations/{key}/reassign")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, Reassign>(http, key);
}

public sealed class ReassignValidator : AbstractValidator<Reassign>
{
    public ReassignValidator()
    {
        RuleFor(c => c.To).Text(200);
        RuleFor(c => c.Reason).OptionalText(10_000);
        RuleFor(c => c.CoOwners).Texts(100, 200);
        RuleFor(c => c.HandoffRef).OptionalText(200);
    }
}

public static class ReassignHandler
{
    public static Task<Reply> Handle(Order<Reassign> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, Reassign>(order, cancellation);
}
