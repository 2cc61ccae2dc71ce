using System.Text.RegularExpressions;
using CrisisOps.Domain.Crises;

namespace CrisisOps.Domain.Partners;

/// <summary>
/// What an address of a channel looks like, of a partner and of a contact alike. To which addresses the server connects is decided when it
/// connects, because what a name leads to changes.
/// </summary>
internal static partial class AddressShape
{
    /// <summary>Characters of an URL at most.</summary>
    private const int LongestUrl = 2_000;

    /// <summary>Characters of an e-mail address at most (RFC 5321).</summary>
    private const int LongestEmail = 254;

    /// <summary>
    /// What is wrong with an address of a Webhook, a Chat, an Email or a Phone, as a sentence; null when nothing is. It never says the address
    /// back: that may hold a token of the other side, and a refusal may be logged there.
    /// </summary>
    public static string? Fault(Channel channel, string? address) => channel switch
    {
        Channel.Email => Email(address),
        Channel.Phone => Phone(address),
        _ => Url(address),
    };

    private static string? Url(string? address)
    {
        if (address is not { Length: > 0 and <= LongestUrl } || !Web().IsMatch(address) || !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            return $"address is an absolute URL that begins with https:// or http://, at most {LongestUrl:N0} characters, in ASCII without spaces.";
        }

        if (address.Split("://", 2)[1].Split('/', '?', '#')[0].Contains('@', StringComparison.Ordinal))
        {
            return "A URL with a user name or a password in it is not taken: what is sent is signed instead.";
        }

        return address.Contains('#', StringComparison.Ordinal) ? "A fragment (#) is never sent; leave it out of the URL." : null;
    }

    private static string? Email(string? address) =>
        address is { Length: > 0 and <= LongestEmail } && Mailbox().IsMatch(address) ? null : "address is one plain e-mail address, without a name around it.";

    private static string? Phone(string? address) => address is not null && Number().IsMatch(address) && address.Count(char.IsAsciiDigit) is >= 7 and <= 15
        ? null
        : "address is a number with its country: + and 7 to 15 digits, with single spaces at most.";

    // No backslash: it is read as a slash by some, and as a part of the host by others.
    [GeneratedRegex("^https?://[!-\\[\\]-~]+\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Web();

    [GeneratedRegex("^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Mailbox();

    [GeneratedRegex("^\\+[0-9]( ?[0-9])*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
