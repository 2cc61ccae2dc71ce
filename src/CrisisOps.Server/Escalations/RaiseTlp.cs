using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class RaiseTlpEndpoint
{
    [WolverinePost("/v1/escalations/{key}/raise-tlp")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, RaiseTlp>(http, key);
}

public sealed class RaiseTlpValidator : AbstractValidator<RaiseTlp>
{
    public RaiseTlpValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class RaiseTlpHandler
{
    public static Task<Reply> Handle(Order<RaiseTlp> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, RaiseTlp>(order, cancellation);
}
