using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class AddCrisisTaskEndpoint
{
    [WolverinePost("/v1/crises/{key}/add-task")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, AddCrisisTask>(http, key);
}

public sealed class AddCrisisTaskValidator : AbstractValidator<AddCrisisTask>
{
    public AddCrisisTaskValidator()
    {
        RuleFor(c => c.Title).Text(300);
        RuleFor(c => c.Owner).OptionalText(200);
        RuleFor(c => c.DueAt).Instant();
        RuleFor(c => c.BlockedBy).Texts(100, 200);
    }
}

public static class AddCrisisTaskHandler
{
    public static Task<Reply> Handle(Order<AddCrisisTask> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, AddCrisisTask>(order, cancellation);
}
