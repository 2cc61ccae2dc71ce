using System.Text.RegularExpressions;
using MimeKit;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>A mail as its reader sees it.</summary>
public sealed partial record Letter(string Subject, string Text, HeaderList Headers)
{
    public static Letter Of(MimeMessage mail) => new(mail.Subject ?? "", mail.TextBody ?? "", mail.Headers);

    /// <summary>The first link of ours in it, or the first for this purpose.</summary>
    public string Link(string purpose = "") => Url().Matches(Text).Select(m => m.Value).First(url => url.Contains($"/links/{purpose}", StringComparison.Ordinal));

    [GeneratedRegex("http://\\S+/v1/links/\\S+")]
    private static partial Regex Url();
}
