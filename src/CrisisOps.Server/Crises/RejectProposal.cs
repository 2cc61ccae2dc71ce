using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class RejectProposalEndpoint
{
    [WolverinePost("/v1/crises/{key}/reject-proposal")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, RejectProposal>(http, key);
}

public sealed class RejectProposalValidator : AbstractValidator<RejectProposal>
{
    public RejectProposalValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class RejectProposalHandler
{
    public static Task<Reply> Handle(Order<RejectProposal> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, RejectProposal>(order, cancellation);
}
