using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class PostCrisisNoteEndpoint
{
    [WolverinePost("/v1/crises/{key}/post-note")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, PostCrisisNote>(http, key);
}

public sealed class PostCrisisNoteValidator : AbstractValidator<PostCrisisNote>
{
    public PostCrisisNoteValidator() => RuleFor(c => c.Text).Text(10_000);
}

public static class PostCrisisNoteHandler
{
    public static Task<Reply> Handle(Order<PostCrisisNote> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, PostCrisisNote>(order, cancellation);
}
