using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class LowerTlpEndpoint
{
    [WolverinePost("/v1/escalations/{key}/lower-tlp")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, LowerTlp>(http, key);
}

public sealed class LowerTlpValidator : AbstractValidator<LowerTlp>
{
    public LowerTlpValidator()
    {
        RuleFor(c => c.Reason).Text(10_000);
        RuleFor(c => c.SourceConsentRef).OptionalText(200);
    }
}

public static class LowerTlpHandler
{
    public static Task<Reply> Handle(Order<LowerTlp> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, LowerTlp>(order, cancellation);
}
