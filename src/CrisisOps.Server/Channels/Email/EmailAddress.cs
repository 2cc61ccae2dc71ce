using MimeKit;

namespace CrisisOps.Server.Channels.Email;

/// <summary>Reads addresses, strictly.</summary>
internal static class EmailAddress
{
    private static readonly ParserOptions _strict = new() { AddressParserComplianceMode = RfcComplianceMode.Strict, AllowAddressesWithoutDomain = false, AllowUnquotedCommasInAddresses = false };

    /// <summary>One address with a domain, and nothing that could end a line of a header or of SMTP.</summary>
    public static bool TryRead(string? text, out MailboxAddress address)
    {
        address = null!;
        if (text is null || text.Any(char.IsControl) || !MailboxAddress.TryParse(_strict, text, out var read) || read.Domain is not { Length: > 0 })
        {
            return false;
        }

        address = new MailboxAddress("", read.Address);
        return true;
    }
}
