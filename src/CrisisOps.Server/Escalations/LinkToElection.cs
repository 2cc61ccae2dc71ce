using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class LinkToElectionEndpoint
{
    [WolverinePost("/v1/escalations/{key}/link-to-election")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, LinkToElection>(http, key);
}

public sealed class LinkToElectionValidator : AbstractValidator<LinkToElection>
{
    public LinkToElectionValidator() => RuleFor(c => c.ElectionKey).Text(200);
}

public static class LinkToElectionHandler
{
    public static Task<Reply> Handle(Order<LinkToElection> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, LinkToElection>(order, cancellation);
}
