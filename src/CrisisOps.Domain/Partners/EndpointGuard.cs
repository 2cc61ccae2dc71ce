using System.Text.RegularExpressions;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>
/// What an endpoint may be. Here is judged only what an address looks like; to which addresses the server connects is decided when it
/// connects, because what a name leads to changes.
/// </summary>
internal static partial class EndpointGuard
{
    /// <summary>How many a partner has at most, removed ones aside.</summary>
    public const int Most = 20;

    /// <summary>Characters of an URL at most.</summary>
    private const int LongestUrl = 2_000;

    /// <summary>Characters of an e-mail address at most (RFC 5321).</summary>
    private const int LongestEmail = 254;

    /// <summary>The endpoint, or a refusal that says why there is none.</summary>
    public static (Endpoint? Endpoint, Ruling? Refused) Find(Partner state, string? endpointId) => state.EndpointOf(endpointId) is { } endpoint
        ? (endpoint, null)
        : (null, Ruling.Refuse("endpoint-known", $"{state.Key} has no endpoint '{endpointId}'."));

    /// <summary>Null when an endpoint can be of this channel, address and format.</summary>
    public static Ruling? Check(Channel channel, string? address, EndpointFormat format) => channel switch
    {
        Channel.Webhook => Url(address) ?? Format(channel, format, EndpointFormat.CloudEvents, EndpointFormat.Cap),
        Channel.Chat => Url(address) ?? Format(channel, format, EndpointFormat.Text),
        Channel.Email => Email(address) ?? Format(channel, format, EndpointFormat.Text),
        Channel.Phone => Phone(address) ?? Format(channel, format, EndpointFormat.Text),
        _ => Ruling.Refuse("endpoint-channel", "An endpoint is a Webhook, an Email address, a Chat or a Phone."),
    };

    /// <summary>What a channel is written in when nobody says: what its reader, a machine or a person, reads.</summary>
    public static EndpointFormat DefaultFormat(Channel channel) => channel == Channel.Webhook ? EndpointFormat.CloudEvents : EndpointFormat.Text;

    private static Ruling? Format(Channel channel, EndpointFormat format, params EndpointFormat[] fit) =>
        fit.Contains(format) ? null : Ruling.Refuse("endpoint-format", $"{channel} takes {string.Join(" or ", fit)}, not {format}.");

    // The detail never says the address back: it may hold a token of the other side, and a refusal may be logged there.
    private static Ruling? Url(string? address)
    {
        if (address is not { Length: > 0 and <= LongestUrl } || !Web().IsMatch(address) || !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            return Ruling.Refuse("endpoint-address", $"address is an absolute URL that begins with https:// or http://, at most {LongestUrl:N0} characters, in ASCII without spaces.");
        }

        if (address.Split("://", 2)[1].Split('/', '?', '#')[0].Contains('@', StringComparison.Ordinal))
        {
            return Ruling.Refuse("endpoint-address", "A URL with a user name or a password in it is not taken: what is sent is signed instead.");
        }

        return address.Contains('#', StringComparison.Ordinal) ? Ruling.Refuse("endpoint-address", "A fragment (#) is never sent; leave it out of the URL.") : null;
    }

    private static Ruling? Email(string? address) => address is { Length: > 0 and <= LongestEmail } && Mailbox().IsMatch(address)
        ? null
        : Ruling.Refuse("endpoint-address", "address is one plain e-mail address, without a name around it.");

    private static Ruling? Phone(string? address) => address is not null && Number().IsMatch(address) && address.Count(char.IsAsciiDigit) is >= 7 and <= 15
        ? null
        : Ruling.Refuse("endpoint-address", "address is a number with its country: + and 7 to 15 digits, with single spaces at most.");

    // No backslash: it is read as a slash by some, and as a part of the host by others.
    [GeneratedRegex("^https?://[!-\\[\\]-~]+\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Web();

    [GeneratedRegex("^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Mailbox();

    [GeneratedRegex("^\\+[0-9]( ?[0-9])*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
