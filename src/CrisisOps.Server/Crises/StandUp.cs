using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class StandUpEndpoint
{
    [WolverinePost("/v1/crises/{key}/stand-up")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, StandUp>(http, key);
}

public sealed class StandUpValidator : AbstractValidator<StandUp>
{
    public StandUpValidator()
    {
        RuleFor(c => c.Codename).Text(300);
        RuleFor(c => c.Justification).OptionalText(10_000);
        RuleFor(c => c.IncidentCommander).OptionalText(200);
        RuleFor(c => c.Roles).Most(100);
        RuleForEach(c => c.Roles).ChildRules(item =>
        {
            item.RuleFor(i => i.Person).Text(200);
            item.RuleFor(i => i.Area).OptionalText(200);
        });
    }
}

public static class StandUpHandler
{
    public static Task<Reply> Handle(Order<StandUp> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, StandUp>(order, cancellation);
}
