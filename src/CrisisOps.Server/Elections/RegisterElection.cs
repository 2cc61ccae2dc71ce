using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class RegisterElectionEndpoint
{
    [WolverinePost("/v1/elections")]
    public static Task<IResult> Post(HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, RegisterElection>(http);
}

public sealed class RegisterElectionValidator : AbstractValidator<RegisterElection>
{
    public RegisterElectionValidator()
    {
        // It becomes a part of the key, so nothing else may pass here.
        RuleFor(c => c.Region).Place();
        RuleFor(c => c.Tz).Text(100);
        RuleFor(c => c.Authority).Text(300);
        RuleFor(c => c.ElectionDay).Day();
        RuleFor(c => c.Contacts).Texts(100, 200);
        RuleFor(c => c.MeasurePlan).Plan();
        RuleFor(c => c.Title).OptionalText(300);
    }
}

public static class RegisterElectionHandler
{
    public static Task<Reply> Handle(Order<RegisterElection> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, RegisterElection>(order, cancellation);
}
