using System.Text.RegularExpressions;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>Events are kept for good and an address must be erasable, so no text on one may tell an address.</summary>
internal static partial class AddressTextGuard
{
    /// <summary>Whether a text holds what looks like an e-mail address, a link or a telephone number.</summary>
    public static bool Tells(string? text) => text is not null && (text.Contains('@', StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal) || Number().IsMatch(text));

    /// <summary>Refused when a text that is to stay says nothing, or tells an address.</summary>
    /// <param name="guard">Of a text that is missing.</param>
    /// <param name="ask">The sentence that asks for it.</param>
    public static Ruling? Check(string? text, string guard, string ask) =>
        string.IsNullOrWhiteSpace(text) ? Ruling.Refuse(guard, ask) : Check(text);

    /// <summary>The same for a text that may be missing.</summary>
    public static Ruling? Check(string? text) => Tells(text)
        ? Ruling.Refuse("address-untold", "This text is kept for good, so it must not tell an e-mail address, a link or a telephone number. Say it without.")
        : null;

    // A date and the key of a stream are none.
    [GeneratedRegex("\\+[0-9]([ /().-]{0,2}[0-9]){6}|(?<![\\w-])[0-9]{7}", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
