using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class RedactCrisisEntryEndpoint
{
    [WolverinePost("/v1/crises/{key}/redact-entry")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, RedactCrisisEntry>(http, key);
}

public sealed class RedactCrisisEntryValidator : AbstractValidator<RedactCrisisEntry>
{
    public RedactCrisisEntryValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class RedactCrisisEntryHandler
{
    public static Task<Reply> Handle(Order<RedactCrisisEntry> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, RedactCrisisEntry>(order, cancellation);
}
