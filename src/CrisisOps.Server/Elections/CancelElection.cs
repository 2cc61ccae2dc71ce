using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class CancelElectionEndpoint
{
    [WolverinePost("/v1/elections/{key}/cancel")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, CancelElection>(http, key);
}

public sealed class CancelElectionValidator : AbstractValidator<CancelElection>
{
    public CancelElectionValidator() => RuleFor(c => c.AuthorityRef).Text(200);
}

public static class CancelElectionHandler
{
    public static Task<Reply> Handle(Order<CancelElection> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, CancelElection>(order, cancellation);
}
