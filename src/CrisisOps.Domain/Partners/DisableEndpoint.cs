using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>Nothing is sent there until it is enabled again: by a person, or by a rule when the other side is gone or keeps failing.</summary>
public sealed record DisableEndpoint(string EndpointId, string Reason) : Command, IPartnerCommand<DisableEndpoint>
{
    public static CommandRule<Partner> Rule { get; } = PartnerGivers.WhileOpen("disable-endpoint", PartnerGivers.ManagersAndRules);

    public static Ruling Decide(DisableEndpoint command, Partner state, DecisionContext context)
    {
        var (endpoint, refused) = EndpointGuard.Find(state, command.EndpointId);
        if (endpoint is null)
        {
            return refused!;
        }

        if (endpoint.Disabled is { } why)
        {
            return Ruling.Refuse("endpoint-enabled", $"{endpoint.EndpointId} is disabled already: {why}");
        }

        return string.IsNullOrWhiteSpace(command.Reason)
            ? Ruling.Refuse("reason-given", "Say in reason why nothing may be sent there.")
            : Ruling.Accept(new EndpointDisabled(endpoint.EndpointId, command.Reason));
    }

    public static IEnumerable<DisableEndpoint> Samples(Partner state, DecisionContext context) => state.Stage == PartnerState.None
        ? [new("EP-1", "The partner moves its servers.")]
        : state.Endpoints.Where(e => !e.Removed && e.Disabled is null).Select(e => new DisableEndpoint(e.EndpointId, "The partner moves its servers."));
}

/// <param name="Reason">Of a person in words; of a rule a word, such as <c>410</c>.</param>
public sealed record EndpointDisabled(string EndpointId, string Reason) : IPartnerEvent
{
    public Partner Apply(Partner state, Stamp stamp) => state.With(EndpointId, e => e with { Disabled = Reason });

    public Entry Say(Partner before, Partner after, Stamp stamp) =>
        new Entry(EntryKind.Note, EndpointText.Of(after, EndpointId, "disabled"), Reason).ToCrossFunctional();
}
