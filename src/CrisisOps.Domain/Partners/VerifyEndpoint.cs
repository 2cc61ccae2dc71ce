using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>
/// The partner has answered there. A rule says so when the challenge that was sent came back; a person only for a phone, by calling back:
/// what a machine can prove is not taken on somebody's word.
/// </summary>
/// <param name="How">What proves it, for example <c>called back, duty officer answered</c>.</param>
public sealed record VerifyEndpoint(string EndpointId, string How) : Command, IPartnerCommand<VerifyEndpoint>
{
    public static CommandRule<Partner> Rule { get; } = PartnerGivers.WhileOpen("verify-endpoint", PartnerGivers.ManagersAndRules);

    public static Ruling Decide(VerifyEndpoint command, Partner state, DecisionContext context)
    {
        var (endpoint, refused) = EndpointGuard.Find(state, command.EndpointId);
        if (endpoint is null)
        {
            return refused!;
        }

        if (endpoint.Verified)
        {
            return Ruling.Refuse("endpoint-unverified", $"{endpoint.EndpointId} is verified already.");
        }

        if (endpoint.Disabled is not null)
        {
            return Ruling.Refuse("endpoint-enabled", $"{endpoint.EndpointId} is disabled; enable it first.", "enable-endpoint");
        }

        if (string.IsNullOrWhiteSpace(command.How))
        {
            return Ruling.Refuse("proof-given", "Say in how what proves that the partner answers there.");
        }

        return endpoint.Channel == Channel.Phone || context.Caller.Is(Role.System)
            ? Ruling.Accept(new PartnerEndpointVerified(endpoint.EndpointId, command.How))
            : Ruling.Refuse(RefusalKind.Forbidden, "challenge-answered", $"{endpoint.EndpointId} ({endpoint.Channel}) is verified by itself when the partner answers the challenge sent there; by a person only a phone.");
    }

    public static IEnumerable<VerifyEndpoint> Samples(Partner state, DecisionContext context) => state.Stage == PartnerState.None
        ? [new("EP-1", "called back, the duty officer answered")]
        : state.Endpoints.Where(e => !e.Removed && !e.Verified).Select(e => new VerifyEndpoint(e.EndpointId, e.Channel == Channel.Phone ? "called back" : "challenge answered"));
}

public sealed record PartnerEndpointVerified(string EndpointId, string How) : IPartnerEvent
{
    public Partner Apply(Partner state, Stamp stamp) =>
        state.With(EndpointId, e => e with { Verified = true, VerifiedBy = stamp.Actor, VerifiedHow = How });

    public Entry Say(Partner before, Partner after, Stamp stamp) =>
        new Entry(EntryKind.Ack, EndpointText.Of(after, EndpointId, "verified"), How).ToCrossFunctional(EndpointText.Of(after, EndpointId, "verified"));
}
