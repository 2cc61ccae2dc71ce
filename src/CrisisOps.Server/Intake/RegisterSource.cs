using CrisisOps.Domain.Intake;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Intake;

public static class RegisterSourceEndpoint
{
    [WolverinePost("/v1/sources")]
    public static Task<IResult> Post(HttpContext http, IMessageBus bus) => bus.Take<AlertSource, RegisterSource>(http);
}

public sealed class RegisterSourceValidator : AbstractValidator<RegisterSource>
{
    public RegisterSourceValidator()
    {
        RuleFor(c => c.Name).Text(200);
        RuleFor(c => c.PartnerId).OptionalText(200);
        RuleFor(c => c.Formats).Most(20);
        RuleFor(c => c.PolicyAreas).Most(100);
        RuleFor(c => c.Regions).Regions();
    }
}

public static class RegisterSourceHandler
{
    public static Task<Reply> Handle(Order<RegisterSource> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, RegisterSource>(order, cancellation);
}
