using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class CorrectElectionNoteEndpoint
{
    [WolverinePost("/v1/elections/{key}/correct-note")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, CorrectElectionNote>(http, key);
}

public sealed class CorrectElectionNoteValidator : AbstractValidator<CorrectElectionNote>
{
    public CorrectElectionNoteValidator()
    {
        RuleFor(c => c.Text).Text(10_000);
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class CorrectElectionNoteHandler
{
    public static Task<Reply> Handle(Order<CorrectElectionNote> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, CorrectElectionNote>(order, cancellation);
}
