using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class AssignEndpoint
{
    [WolverinePost("/v1/escalations/{key}/assign")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, Assign>(http, key);
}

public sealed class AssignValidator : AbstractValidator<Assign>
{
    public AssignValidator()
    {
        RuleFor(c => c.Assignee).Text(200);
        RuleFor(c => c.Reason).OptionalText(10_000);
        RuleFor(c => c.CoOwners).Texts(100, 200);
    }
}

public static class AssignHandler
{
    public static Task<Reply> Handle(Order<Assign> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, Assign>(order, cancellation);
}
