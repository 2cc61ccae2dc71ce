using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class ErasePersonalDataEndpoint
{
    [WolverinePost("/v1/escalations/{key}/erase-personal-data")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, ErasePersonalData>(http, key);
}

public sealed class ErasePersonalDataValidator : AbstractValidator<ErasePersonalData>
{
    public ErasePersonalDataValidator()
    {
        RuleFor(c => c.Reason).Text(10_000);
        RuleFor(c => c.Counsel).OptionalText(200);
    }
}

public static class ErasePersonalDataHandler
{
    public static Task<Reply> Handle(Order<ErasePersonalData> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, ErasePersonalData>(order, cancellation);
}
