using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class ReleaseRoleEndpoint
{
    [WolverinePost("/v1/crises/{key}/release-role")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, ReleaseRole>(http, key);
}

public sealed class ReleaseRoleValidator : AbstractValidator<ReleaseRole>
{
    public ReleaseRoleValidator() => RuleFor(c => c.Person).OptionalText(200);
}

public static class ReleaseRoleHandler
{
    public static Task<Reply> Handle(Order<ReleaseRole> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, ReleaseRole>(order, cancellation);
}
