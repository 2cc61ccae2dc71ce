using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class IssueAlertEndpoint
{
    [WolverinePost("/v1/crises/{key}/issue-alert")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, IssueAlert>(http, key);
}

public sealed class IssueAlertValidator : AbstractValidator<IssueAlert>
{
    public IssueAlertValidator()
    {
        RuleFor(c => c.Recipients).Texts(100, 200);
        RuleFor(c => c.Headline).Text(300);
        RuleFor(c => c.Text).Text(10_000);
        RuleFor(c => c.Indicators).Texts(100, 200);
        RuleFor(c => c.ExpiresAt).Instant();
    }
}

public static class IssueAlertHandler
{
    public static Task<Reply> Handle(Order<IssueAlert> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, IssueAlert>(order, cancellation);
}
