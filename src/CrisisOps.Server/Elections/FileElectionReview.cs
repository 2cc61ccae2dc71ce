using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class FileElectionReviewEndpoint
{
    [WolverinePost("/v1/elections/{key}/file-review")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, FileElectionReview>(http, key);
}

public sealed class FileElectionReviewValidator : AbstractValidator<FileElectionReview>
{
    public FileElectionReviewValidator() => RuleFor(c => c.ReviewRef).Text(200);
}

public static class FileElectionReviewHandler
{
    public static Task<Reply> Handle(Order<FileElectionReview> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, FileElectionReview>(order, cancellation);
}
