using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>Registers where the partner is reached. Nothing but a challenge goes there until it is verified. At most 20 at a time.</summary>
/// <param name="Channel">Webhook, Email, Chat or Phone.</param>
/// <param name="Address">
/// Webhook and Chat: an absolute https or http URL of at most 2,000 characters, without a user name and without a fragment. Email: one
/// plain address. Phone: a number with its country, such as +43 1 5550100.
/// </param>
/// <param name="Format">CloudEvents or Cap for Webhook, Text for the others; absent means CloudEvents for Webhook.</param>
/// <param name="Ordered">true: one message after the other, in the order of what they tell; one that fails holds up those behind it.</param>
/// <param name="Full">true: messages carry the whole text; otherwise only keys and states.</param>
public sealed record RegisterEndpoint(Channel Channel, string Address, EndpointFormat? Format = null, bool Ordered = false, bool Full = false)
    : Command, IPartnerCommand<RegisterEndpoint>
{
    public static CommandRule<Partner> Rule { get; } = PartnerGivers.WhileOpen("register-endpoint", PartnerGivers.Managers);

    public static Ruling Decide(RegisterEndpoint command, Partner state, DecisionContext context)
    {
        var format = command.Format ?? EndpointGuard.DefaultFormat(command.Channel);
        if (EndpointGuard.Check(command.Channel, command.Address, format) is { } refused)
        {
            return refused;
        }

        if (state.Endpoints.Find(e => !e.Removed && e.Channel == command.Channel && e.Address == command.Address) is { } same)
        {
            return Ruling.Refuse("endpoint-new", $"{same.EndpointId} is this address already.");
        }

        return state.Endpoints.Count(e => !e.Removed) >= EndpointGuard.Most
            ? Ruling.Refuse("endpoint-limit", $"A partner has {EndpointGuard.Most} endpoints at most; remove one that is not needed.", "remove-endpoint")
            : Ruling.Accept(new PartnerEndpointRegistered(
                FormattableString.Invariant($"EP-{state.Endpoints.Count + 1}"), command.Channel, command.Address, format, command.Ordered, command.Full));
    }

    public static IEnumerable<RegisterEndpoint> Samples(Partner state, DecisionContext context) =>
    [
        new(Channel.Webhook, FormattableString.Invariant($"https://partner.example/alerts/{state.Endpoints.Count + 1}"), EndpointFormat.CloudEvents),
        new(Channel.Phone, FormattableString.Invariant($"+43 1 5550{100 + state.Endpoints.Count}")),
    ];
}

public sealed record PartnerEndpointRegistered(string EndpointId, Channel Channel, string Address, EndpointFormat Format, bool Ordered, bool Full) : IPartnerEvent
{
    public Partner Apply(Partner state, Stamp stamp) =>
        state with { Endpoints = state.Endpoints.Add(new Endpoint(EndpointId, Channel, Address, Format, Ordered, Full)) };

    public Entry Say(Partner before, Partner after, Stamp stamp) =>
        new Entry(EntryKind.Note, $"Endpoint {EndpointId} registered ({Channel}, {Format})").ToCrossFunctional();
}
