using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class CorrectNoteEndpoint
{
    [WolverinePost("/v1/escalations/{key}/correct-note")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, CorrectNote>(http, key);
}

public sealed class CorrectNoteValidator : AbstractValidator<CorrectNote>
{
    public CorrectNoteValidator()
    {
        RuleFor(c => c.Text).Text(10_000);
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class CorrectNoteHandler
{
    public static Task<Reply> Handle(Order<CorrectNote> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, CorrectNote>(order, cancellation);
}
