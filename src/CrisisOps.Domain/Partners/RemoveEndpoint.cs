using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>Takes an endpoint off for good. The same address may be registered anew, with an id and a secret of its own.</summary>
public sealed record RemoveEndpoint(string EndpointId) : Command, IPartnerCommand<RemoveEndpoint>
{
    public static CommandRule<Partner> Rule { get; } = PartnerGivers.WhileOpen("remove-endpoint", PartnerGivers.Managers);

    public static Ruling Decide(RemoveEndpoint command, Partner state, DecisionContext context)
    {
        var (endpoint, refused) = EndpointGuard.Find(state, command.EndpointId);
        return endpoint is null ? refused! : Ruling.Accept(new PartnerEndpointRemoved(endpoint.EndpointId));
    }

    public static IEnumerable<RemoveEndpoint> Samples(Partner state, DecisionContext context) => state.Stage == PartnerState.None
        ? [new("EP-1")]
        : state.Endpoints.Where(e => !e.Removed).Select(e => new RemoveEndpoint(e.EndpointId));
}

public sealed record PartnerEndpointRemoved(string EndpointId) : IPartnerEvent
{
    public Partner Apply(Partner state, Stamp stamp) => state.With(EndpointId, e => e with { Removed = true });

    public Entry Say(Partner before, Partner after, Stamp stamp) =>
        new Entry(EntryKind.Note, EndpointText.Of(after, EndpointId, "removed")).ToCrossFunctional();
}
