using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class AssignRoleEndpoint
{
    [WolverinePost("/v1/crises/{key}/assign-role")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, AssignRole>(http, key);
}

public sealed class AssignRoleValidator : AbstractValidator<AssignRole>
{
    public AssignRoleValidator()
    {
        RuleFor(c => c.Person).Text(200);
        RuleFor(c => c.Area).OptionalText(200);
    }
}

public static class AssignRoleHandler
{
    public static Task<Reply> Handle(Order<AssignRole> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, AssignRole>(order, cancellation);
}
