using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class PublishSitRepEndpoint
{
    [WolverinePost("/v1/crises/{key}/publish-sit-rep")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, PublishSitRep>(http, key);
}

public sealed class PublishSitRepValidator : AbstractValidator<PublishSitRep>
{
    public PublishSitRepValidator()
    {
        RuleFor(c => c.SignificantEvents).Text(10_000);
        RuleFor(c => c.PlannedActions).Text(10_000);
        RuleFor(c => c.ExpectedEnd).OptionalText(300);
        RuleFor(c => c.PeriodFrom).Instant();
        RuleFor(c => c.PeriodTo).Instant();
        RuleFor(c => c.IncidentDefinition).OptionalText(10_000);
        RuleFor(c => c.Place).OptionalText(10_000);
        RuleFor(c => c.PreparedBy).OptionalText(200);
        RuleFor(c => c.ApprovedBy).OptionalText(200);
        RuleFor(c => c.SentTo).Texts(100, 200);
        RuleFor(c => c.ResidualRisk).OptionalText(10_000);
    }
}

public static class PublishSitRepHandler
{
    public static Task<Reply> Handle(Order<PublishSitRep> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, PublishSitRep>(order, cancellation);
}
