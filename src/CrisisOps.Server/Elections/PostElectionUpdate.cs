using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class PostElectionUpdateEndpoint
{
    [WolverinePost("/v1/elections/{key}/post-update")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, PostElectionUpdate>(http, key);
}

public sealed class PostElectionUpdateValidator : AbstractValidator<PostElectionUpdate>
{
    public PostElectionUpdateValidator()
    {
        RuleFor(c => c.Condition).Text(10_000);
        RuleFor(c => c.Actions).OptionalText(10_000);
        RuleFor(c => c.Needs).OptionalText(10_000);
        RuleFor(c => c.Audiences).Most(100);
        RuleForEach(c => c.Audiences).ChildRules(item =>
        {
            item.RuleFor(i => i!.Text).OptionalText(10_000);
        });
    }
}

public static class PostElectionUpdateHandler
{
    public static Task<Reply> Handle(Order<PostElectionUpdate> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, PostElectionUpdate>(order, cancellation);
}
