using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class PostElectionNoteEndpoint
{
    [WolverinePost("/v1/elections/{key}/post-note")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, PostElectionNote>(http, key);
}

public sealed class PostElectionNoteValidator : AbstractValidator<PostElectionNote>
{
    public PostElectionNoteValidator() => RuleFor(c => c.Text).Text(10_000);
}

public static class PostElectionNoteHandler
{
    public static Task<Reply> Handle(Order<PostElectionNote> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, PostElectionNote>(order, cancellation);
}
