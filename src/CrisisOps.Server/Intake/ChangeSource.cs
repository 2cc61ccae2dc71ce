using CrisisOps.Domain.Intake;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Intake;

public static class ChangeSourceEndpoint
{
    [WolverinePost("/v1/sources/{key}/change")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<AlertSource, ChangeSource>(http, key);
}

public sealed class ChangeSourceValidator : AbstractValidator<ChangeSource>
{
    public ChangeSourceValidator()
    {
        RuleFor(c => c.Name).OptionalText(200);
        RuleFor(c => c.PartnerId).OptionalText(200);
        RuleFor(c => c.Formats).Most(20);
        RuleFor(c => c.PolicyAreas).Most(100);
        RuleFor(c => c.Regions).Regions();
    }
}

public static class ChangeSourceHandler
{
    public static Task<Reply> Handle(Order<ChangeSource> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, ChangeSource>(order, cancellation);
}
