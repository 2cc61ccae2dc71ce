using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class SplitProposalEndpoint
{
    [WolverinePost("/v1/crises/{key}/split-proposal")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, SplitProposal>(http, key);
}

public sealed class SplitProposalValidator : AbstractValidator<SplitProposal>
{
    public SplitProposalValidator()
    {
        RuleFor(c => c.Escalations).Texts(100, 200);
        RuleFor(c => c.Summary).Text(10_000);
        RuleFor(c => c.Region).Regions();
    }
}

public static class SplitProposalHandler
{
    public static Task<Reply> Handle(Order<SplitProposal> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, SplitProposal>(order, cancellation);
}
