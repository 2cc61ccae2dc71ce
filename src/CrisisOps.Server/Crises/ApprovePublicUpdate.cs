using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class ApprovePublicUpdateEndpoint
{
    [WolverinePost("/v1/crises/{key}/approve-public-update")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, ApprovePublicUpdate>(http, key);
}

public sealed class ApprovePublicUpdateValidator : AbstractValidator<ApprovePublicUpdate>
{
    public ApprovePublicUpdateValidator() => RuleFor(c => c.DraftId).Text(200);
}

public static class ApprovePublicUpdateHandler
{
    public static Task<Reply> Handle(Order<ApprovePublicUpdate> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, ApprovePublicUpdate>(order, cancellation);
}
