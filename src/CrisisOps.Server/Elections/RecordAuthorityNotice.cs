using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class RecordAuthorityNoticeEndpoint
{
    [WolverinePost("/v1/elections/{key}/record-authority-notice")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, RecordAuthorityNotice>(http, key);
}

public sealed class RecordAuthorityNoticeValidator : AbstractValidator<RecordAuthorityNotice>
{
    public RecordAuthorityNoticeValidator()
    {
        RuleFor(c => c.Reference).Text(200);
        RuleFor(c => c.Summary).Text(10_000);
    }
}

public static class RecordAuthorityNoticeHandler
{
    public static Task<Reply> Handle(Order<RecordAuthorityNotice> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, RecordAuthorityNotice>(order, cancellation);
}
