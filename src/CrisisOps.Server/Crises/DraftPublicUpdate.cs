using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class DraftPublicUpdateEndpoint
{
    [WolverinePost("/v1/crises/{key}/draft-public-update")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, DraftPublicUpdate>(http, key);
}

public sealed class DraftPublicUpdateValidator : AbstractValidator<DraftPublicUpdate>
{
    public DraftPublicUpdateValidator() => RuleFor(c => c.Text).Text(10_000);
}

public static class DraftPublicUpdateHandler
{
    public static Task<Reply> Handle(Order<DraftPublicUpdate> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, DraftPublicUpdate>(order, cancellation);
}
