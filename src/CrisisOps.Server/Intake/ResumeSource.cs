using CrisisOps.Domain.Intake;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Intake;

public static class ResumeSourceEndpoint
{
    [WolverinePost("/v1/sources/{key}/resume")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<AlertSource, ResumeSource>(http, key);
}

public sealed class ResumeSourceValidator : AbstractValidator<ResumeSource>
{
    public ResumeSourceValidator() => RuleFor(c => c.Note).OptionalText(10_000);
}

public static class ResumeSourceHandler
{
    public static Task<Reply> Handle(Order<ResumeSource> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, ResumeSource>(order, cancellation);
}
