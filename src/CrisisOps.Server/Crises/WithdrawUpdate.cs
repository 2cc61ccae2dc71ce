using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class WithdrawUpdateEndpoint
{
    [WolverinePost("/v1/crises/{key}/withdraw-update")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, WithdrawUpdate>(http, key);
}

public sealed class WithdrawUpdateValidator : AbstractValidator<WithdrawUpdate>
{
    public WithdrawUpdateValidator()
    {
        RuleFor(c => c.HeldId).Text(200);
        RuleFor(c => c.Reason).OptionalText(10_000);
    }
}

public static class WithdrawUpdateHandler
{
    public static Task<Reply> Handle(Order<WithdrawUpdate> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, WithdrawUpdate>(order, cancellation);
}
