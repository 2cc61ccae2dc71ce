using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class AnnulElectionEndpoint
{
    [WolverinePost("/v1/elections/{key}/annul")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, AnnulElection>(http, key);
}

public sealed class AnnulElectionValidator : AbstractValidator<AnnulElection>
{
    public AnnulElectionValidator()
    {
        RuleFor(c => c.AuthorityRef).Text(200);
        RuleFor(c => c.NewDay).Day();
    }
}

public static class AnnulElectionHandler
{
    public static Task<Reply> Handle(Order<AnnulElection> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, AnnulElection>(order, cancellation);
}
