using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class CorrectElectionUpdateEndpoint
{
    [WolverinePost("/v1/elections/{key}/correct-update")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, CorrectElectionUpdate>(http, key);
}

public sealed class CorrectElectionUpdateValidator : AbstractValidator<CorrectElectionUpdate>
{
    public CorrectElectionUpdateValidator()
    {
        RuleFor(c => c.UpdateId).Text(200);
        RuleFor(c => c.Reason).Text(10_000);
        RuleFor(c => c.Condition).Text(10_000);
        RuleFor(c => c.Actions).OptionalText(10_000);
        RuleFor(c => c.Needs).OptionalText(10_000);
        RuleFor(c => c.Texts).Most(100);
        RuleForEach(c => c.Texts).ChildRules(item =>
        {
            item.RuleFor(i => i!.Text).OptionalText(10_000);
        });
    }
}

public static class CorrectElectionUpdateHandler
{
    public static Task<Reply> Handle(Order<CorrectElectionUpdate> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, CorrectElectionUpdate>(order, cancellation);
}
