using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class UnlinkElectionCrisisEndpoint
{
    [WolverinePost("/v1/elections/{key}/unlink-crisis")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, UnlinkElectionCrisis>(http, key);
}

public sealed class UnlinkElectionCrisisValidator : AbstractValidator<UnlinkElectionCrisis>
{
    public UnlinkElectionCrisisValidator()
    {
        RuleFor(c => c.CrisisKey).Text(200);
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class UnlinkElectionCrisisHandler
{
    public static Task<Reply> Handle(Order<UnlinkElectionCrisis> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, UnlinkElectionCrisis>(order, cancellation);
}
