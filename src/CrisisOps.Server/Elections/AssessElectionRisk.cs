using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class AssessElectionRiskEndpoint
{
    [WolverinePost("/v1/elections/{key}/assess-risk")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, AssessElectionRisk>(http, key);
}

public sealed class AssessElectionRiskValidator : AbstractValidator<AssessElectionRisk>
{
    public AssessElectionRiskValidator() => RuleFor(c => c.Drivers).Texts(100, 300);
}

public static class AssessElectionRiskHandler
{
    public static Task<Reply> Handle(Order<AssessElectionRisk> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, AssessElectionRisk>(order, cancellation);
}
