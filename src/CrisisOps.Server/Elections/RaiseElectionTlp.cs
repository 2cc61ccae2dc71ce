using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class RaiseElectionTlpEndpoint
{
    [WolverinePost("/v1/elections/{key}/raise-tlp")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, RaiseElectionTlp>(http, key);
}

public sealed class RaiseElectionTlpValidator : AbstractValidator<RaiseElectionTlp>
{
    public RaiseElectionTlpValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class RaiseElectionTlpHandler
{
    public static Task<Reply> Handle(Order<RaiseElectionTlp> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, RaiseElectionTlp>(order, cancellation);
}
