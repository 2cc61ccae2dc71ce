using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class PostCrisisUpdateEndpoint
{
    [WolverinePost("/v1/crises/{key}/post-update")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, PostCrisisUpdate>(http, key);
}

public sealed class PostCrisisUpdateValidator : AbstractValidator<PostCrisisUpdate>
{
    public PostCrisisUpdateValidator()
    {
        RuleFor(c => c.Condition).Text(10_000);
        RuleFor(c => c.Actions).OptionalText(10_000);
        RuleFor(c => c.Needs).OptionalText(10_000);
        RuleFor(c => c.Audiences).Most(100);
        RuleForEach(c => c.Audiences).ChildRules(item =>
        {
            item.RuleFor(i => i.Text).OptionalText(10_000);
        });
        RuleFor(c => c.NextUpdateAt).Instant();
        RuleFor(c => c.DraftedBy).OptionalText(200);
    }
}

public static class PostCrisisUpdateHandler
{
    public static Task<Reply> Handle(Order<PostCrisisUpdate> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, PostCrisisUpdate>(order, cancellation);
}
