using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class LinkToCrisisEndpoint
{
    [WolverinePost("/v1/escalations/{key}/link-to-crisis")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, LinkToCrisis>(http, key);
}

public sealed class LinkToCrisisValidator : AbstractValidator<LinkToCrisis>
{
    public LinkToCrisisValidator() => RuleFor(c => c.CrisisKey).Text(200);
}

public static class LinkToCrisisHandler
{
    public static Task<Reply> Handle(Order<LinkToCrisis> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, LinkToCrisis>(order, cancellation);
}
