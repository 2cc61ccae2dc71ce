using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class CorrectCrisisNoteEndpoint
{
    [WolverinePost("/v1/crises/{key}/correct-note")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, CorrectCrisisNote>(http, key);
}

public sealed class CorrectCrisisNoteValidator : AbstractValidator<CorrectCrisisNote>
{
    public CorrectCrisisNoteValidator()
    {
        RuleFor(c => c.Text).Text(10_000);
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class CorrectCrisisNoteHandler
{
    public static Task<Reply> Handle(Order<CorrectCrisisNote> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, CorrectCrisisNote>(order, cancellation);
}
