using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>What an endpoint may be.</summary>
internal static class EndpointGuard
{
    /// <summary>How many a partner has at most, removed ones aside.</summary>
    public const int Most = 20;

    /// <summary>The endpoint, or a refusal that says why there is none.</summary>
    public static (Endpoint? Endpoint, Ruling? Refused) Find(Partner state, string? endpointId) => state.EndpointOf(endpointId) is { } endpoint
        ? (endpoint, null)
        : (null, Ruling.Refuse("endpoint-known", $"{state.Key} has no endpoint '{endpointId}'."));

    /// <summary>Null when an endpoint can be of this channel, address and format.</summary>
    public static Ruling? Check(Channel channel, string? address, EndpointFormat format) => channel switch
    {
        Channel.Webhook => Address(channel, address) ?? Format(channel, format, EndpointFormat.CloudEvents, EndpointFormat.Cap),
        Channel.Chat or Channel.Email or Channel.Phone => Address(channel, address) ?? Format(channel, format, EndpointFormat.Text),
        _ => Ruling.Refuse("endpoint-channel", "An endpoint is a Webhook, an Email address, a Chat or a Phone."),
    };

    /// <summary>What a channel is written in when nobody says: what its reader, a machine or a person, reads.</summary>
    public static EndpointFormat DefaultFormat(Channel channel) => channel == Channel.Webhook ? EndpointFormat.CloudEvents : EndpointFormat.Text;

    private static Ruling? Address(Channel channel, string? address) => AddressShape.Fault(channel, address) is { } fault ? Ruling.Refuse("endpoint-address", fault) : null;

    private static Ruling? Format(Channel channel, EndpointFormat format, params EndpointFormat[] fit) =>
        fit.Contains(format) ? null : Ruling.Refuse("endpoint-format", $"{channel} takes {string.Join(" or ", fit)}, not {format}.");
}
