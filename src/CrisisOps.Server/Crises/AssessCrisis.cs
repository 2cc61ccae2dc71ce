using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class AssessCrisisEndpoint
{
    [WolverinePost("/v1/crises/{key}/assess")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, AssessCrisis>(http, key);
}

public sealed class AssessCrisisValidator : AbstractValidator<AssessCrisis>
{
    public AssessCrisisValidator()
    {
        RuleFor(c => c.ImminentOfflineHarm).OptionalText(10_000);
        RuleFor(c => c.OnPlatformContribution).OptionalText(10_000);
        RuleFor(c => c.Vulnerability).OptionalText(10_000);
        RuleFor(c => c.StateResponse).OptionalText(10_000);
        RuleFor(c => c.RegionalCapacity).OptionalText(10_000);
        RuleFor(c => c.Press).OptionalText(10_000);
    }
}

public static class AssessCrisisHandler
{
    public static Task<Reply> Handle(Order<AssessCrisis> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, AssessCrisis>(order, cancellation);
}
