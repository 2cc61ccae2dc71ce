using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class AnnulDeclarationEndpoint
{
    [WolverinePost("/v1/crises/{key}/annul-declaration")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, AnnulDeclaration>(http, key);
}

public sealed class AnnulDeclarationValidator : AbstractValidator<AnnulDeclaration>
{
    public AnnulDeclarationValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class AnnulDeclarationHandler
{
    public static Task<Reply> Handle(Order<AnnulDeclaration> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, AnnulDeclaration>(order, cancellation);
}
