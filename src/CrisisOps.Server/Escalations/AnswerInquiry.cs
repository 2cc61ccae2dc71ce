using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class AnswerInquiryEndpoint
{
    [WolverinePost("/v1/escalations/{key}/answer-inquiry")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, AnswerInquiry>(http, key);
}

public sealed class AnswerInquiryValidator : AbstractValidator<AnswerInquiry>
{
    public AnswerInquiryValidator() => RuleFor(c => c.Text).Text(10_000);
}

public static class AnswerInquiryHandler
{
    public static Task<Reply> Handle(Order<AnswerInquiry> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, AnswerInquiry>(order, cancellation);
}
