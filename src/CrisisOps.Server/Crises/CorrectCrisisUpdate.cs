using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class CorrectCrisisUpdateEndpoint
{
    [WolverinePost("/v1/crises/{key}/correct-update")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, CorrectCrisisUpdate>(http, key);
}

public sealed class CorrectCrisisUpdateValidator : AbstractValidator<CorrectCrisisUpdate>
{
    public CorrectCrisisUpdateValidator()
    {
        RuleFor(c => c.UpdateId).Text(200);
        RuleFor(c => c.Reason).Text(10_000);
        RuleFor(c => c.Condition).Text(10_000);
        RuleFor(c => c.Actions).OptionalText(10_000);
        RuleFor(c => c.Needs).OptionalText(10_000);
        RuleFor(c => c.Texts).Most(100);
        RuleForEach(c => c.Texts).ChildRules(item =>
        {
            item.RuleFor(i => i.Text).OptionalText(10_000);
        });
        RuleFor(c => c.DraftedBy).OptionalText(200);
    }
}

public static class CorrectCrisisUpdateHandler
{
    public static Task<Reply> Handle(Order<CorrectCrisisUpdate> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, CorrectCrisisUpdate>(order, cancellation);
}
