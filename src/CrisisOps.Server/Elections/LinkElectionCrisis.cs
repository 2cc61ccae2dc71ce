using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class LinkElectionCrisisEndpoint
{
    [WolverinePost("/v1/elections/{key}/link-crisis")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, LinkElectionCrisis>(http, key);
}

public sealed class LinkElectionCrisisValidator : AbstractValidator<LinkElectionCrisis>
{
    public LinkElectionCrisisValidator()
    {
        RuleFor(c => c.CrisisKey).Text(200);
        RuleFor(c => c.Concern).Text(10_000);
    }
}

public static class LinkElectionCrisisHandler
{
    public static Task<Reply> Handle(Order<LinkElectionCrisis> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, LinkElectionCrisis>(order, cancellation);
}
