using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class PostponeElectionEndpoint
{
    [WolverinePost("/v1/elections/{key}/postpone")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, PostponeElection>(http, key);
}

public sealed class PostponeElectionValidator : AbstractValidator<PostponeElection>
{
    public PostponeElectionValidator()
    {
        RuleFor(c => c.AuthorityRef).Text(200);
        RuleFor(c => c.NewDay).Day();
    }
}

public static class PostponeElectionHandler
{
    public static Task<Reply> Handle(Order<PostponeElection> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, PostponeElection>(order, cancellation);
}
