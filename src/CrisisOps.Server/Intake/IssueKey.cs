using CrisisOps.Domain.Intake;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Intake;

public static class IssueKeyEndpoint
{
    [WolverinePost("/v1/sources/{key}/issue-key")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus, KeyHandout keys) =>
        bus.Take<AlertSource, IssueKey>(http, key, (command, give) => keys.Give(http, key, hash => give(command.Hashed(hash))));
}

public sealed class IssueKeyValidator : AbstractValidator<IssueKey>
{
    public IssueKeyValidator() => RuleFor(c => c.Name).Text(200);
}

public static class IssueKeyHandler
{
    public static Task<Reply> Handle(Order<IssueKey> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, IssueKey>(order, cancellation);
}
