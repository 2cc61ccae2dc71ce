using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class RecordPartnerAckEndpoint
{
    [WolverinePost("/v1/crises/{key}/record-partner-ack")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, RecordPartnerAck>(http, key);
}

public sealed class RecordPartnerAckValidator : AbstractValidator<RecordPartnerAck>
{
    public RecordPartnerAckValidator()
    {
        RuleFor(c => c.AlertId).Text(200);
        RuleFor(c => c.Partner).Text(200);
        RuleFor(c => c.By).Text(200);
    }
}

public static class RecordPartnerAckHandler
{
    public static Task<Reply> Handle(Order<RecordPartnerAck> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, RecordPartnerAck>(order, cancellation);
}
