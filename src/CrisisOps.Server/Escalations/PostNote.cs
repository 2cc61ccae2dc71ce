using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class PostNoteEndpoint
{
    [WolverinePost("/v1/escalations/{key}/post-note")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, PostNote>(http, key);
}

public sealed class PostNoteValidator : AbstractValidator<PostNote>
{
    public PostNoteValidator() => RuleFor(c => c.Text).Text(10_000);
}

public static class PostNoteHandler
{
    public static Task<Reply> Handle(Order<PostNote> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, PostNote>(order, cancellation);
}
