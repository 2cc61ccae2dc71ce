using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class DeclareCrisisEndpoint
{
    [WolverinePost("/v1/crises/{key}/declare")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, DeclareCrisis>(http, key);
}

public sealed class DeclareCrisisValidator : AbstractValidator<DeclareCrisis>
{
    public DeclareCrisisValidator()
    {
        RuleFor(c => c.Codename).Text(300);
        RuleFor(c => c.Justification).OptionalText(10_000);
    }
}

public static class DeclareCrisisHandler
{
    public static Task<Reply> Handle(Order<DeclareCrisis> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, DeclareCrisis>(order, cancellation);
}
