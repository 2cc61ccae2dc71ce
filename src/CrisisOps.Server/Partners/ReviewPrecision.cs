using CrisisOps.Domain.Partners;
using CrisisOps.Server.Streams;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Partners;

public static class ReviewPrecisionEndpoint
{
    [WolverinePost("/v1/partners/{key}/review-precision")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Partner, ReviewPrecision>(http, key);
}

public static class ReviewPrecisionHandler
{
    public static Task<Reply> Handle(Order<ReviewPrecision> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Partner, ReviewPrecision>(order, cancellation);
}
