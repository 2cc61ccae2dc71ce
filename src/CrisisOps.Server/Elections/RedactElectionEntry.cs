using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class RedactElectionEntryEndpoint
{
    [WolverinePost("/v1/elections/{key}/redact-entry")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, RedactElectionEntry>(http, key);
}

public sealed class RedactElectionEntryValidator : AbstractValidator<RedactElectionEntry>
{
    public RedactElectionEntryValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class RedactElectionEntryHandler
{
    public static Task<Reply> Handle(Order<RedactElectionEntry> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, RedactElectionEntry>(order, cancellation);
}
