using CrisisOps.Domain.Intake;
using CrisisOps.Server.Streams;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Intake;

public static class IssueSigningSecretEndpoint
{
    [WolverinePost("/v1/sources/{key}/issue-signing-secret")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<AlertSource, IssueSigningSecret>(http, key);
}

public static class IssueSigningSecretHandler
{
    public static Task<Reply> Handle(Order<IssueSigningSecret> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, IssueSigningSecret>(order, cancellation);
}
