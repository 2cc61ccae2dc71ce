using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class ProposeCrisisEndpoint
{
    [WolverinePost("/v1/crises")]
    public static Task<IResult> Post(HttpContext http, IMessageBus bus) => bus.Take<Crisis, ProposeCrisis>(http);
}

public sealed class ProposeCrisisValidator : AbstractValidator<ProposeCrisis>
{
    public ProposeCrisisValidator()
    {
        RuleFor(c => c.Summary).Text(10_000);
        RuleFor(c => c.Region).Regions();
        RuleFor(c => c.Languages).Languages();
        RuleFor(c => c.Refs).Texts(100, 200);
        RuleFor(c => c.Title).OptionalText(300);
        RuleFor(c => c.SeparateFrom).OptionalText(200);
        RuleFor(c => c.PredecessorKey).OptionalText(200);
    }
}

public static class ProposeCrisisHandler
{
    public static Task<Reply> Handle(Order<ProposeCrisis> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, ProposeCrisis>(order, cancellation);
}
