using CrisisOps.Domain.Intake;
using CrisisOps.Server.Streams;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Intake;

public static class RotateSigningSecretEndpoint
{
    [WolverinePost("/v1/sources/{key}/rotate-signing-secret")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<AlertSource, RotateSigningSecret>(http, key);
}

public static class RotateSigningSecretHandler
{
    public static Task<Reply> Handle(Order<RotateSigningSecret> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, RotateSigningSecret>(order, cancellation);
}
