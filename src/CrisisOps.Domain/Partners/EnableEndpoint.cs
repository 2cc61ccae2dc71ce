using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>Takes a disabled endpoint up again. It has to be verified anew: meanwhile somebody else may answer there.</summary>
public sealed record EnableEndpoint(string EndpointId) : Command, IPartnerCommand<EnableEndpoint>
{
    public static CommandRule<Partner> Rule { get; } = PartnerGivers.WhileOpen("enable-endpoint", PartnerGivers.Managers);

    public static Ruling Decide(EnableEndpoint command, Partner state, DecisionContext context)
    {
        var (endpoint, refused) = EndpointGuard.Find(state, command.EndpointId);
        if (endpoint is null)
        {
            return refused!;
        }

        return endpoint.Disabled is null
            ? Ruling.Refuse("endpoint-disabled", $"{endpoint.EndpointId} is enabled already.")
            : Ruling.Accept(new EndpointEnabled(endpoint.EndpointId));
    }

    public static IEnumerable<EnableEndpoint> Samples(Partner state, DecisionContext context) => state.Stage == PartnerState.None
        ? [new("EP-1")]
        : state.Endpoints.Where(e => !e.Removed && e.Disabled is not null).Select(e => new EnableEndpoint(e.EndpointId));
}

public sealed record EndpointEnabled(string EndpointId) : IPartnerEvent
{
    public Partner Apply(Partner state, Stamp stamp) =>
        state.With(EndpointId, e => e with { Disabled = null, Verified = false, VerifiedBy = null, VerifiedHow = null });

    public Entry Say(Partner before, Partner after, Stamp stamp) =>
        new Entry(EntryKind.Note, EndpointText.Of(after, EndpointId, "enabled, to be verified anew")).ToCrossFunctional();
}
