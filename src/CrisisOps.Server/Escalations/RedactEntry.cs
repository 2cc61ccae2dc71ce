using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class RedactEntryEndpoint
{
    [WolverinePost("/v1/escalations/{key}/redact-entry")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, RedactEntry>(http, key);
}

public sealed class RedactEntryValidator : AbstractValidator<RedactEntry>
{
    public RedactEntryValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class RedactEntryHandler
{
    public static Task<Reply> Handle(Order<RedactEntry> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, RedactEntry>(order, cancellation);
}
