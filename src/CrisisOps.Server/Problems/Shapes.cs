using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using FluentValidation;

namespace CrisisOps.Server.Problems;

/// <summary>The shapes that members of commands share. Messages are for a person, without .NET in them.</summary>
public static partial class Shapes
{
    // NUL can not be stored, other controls hide text from readers, and right-to-left overrides make it read as something else.
    private static readonly SearchValues<char> _forbidden = SearchValues.Create(
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000b\u000c\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\u007f\u202a\u202b\u202d\u202e\ufffe\uffff");

    private static readonly DateTimeOffset _earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset _latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IRuleBuilderOptions<T, string> Text<T>(this IRuleBuilder<T, string> rule, int longest) => rule
        .Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage("must not be empty")
        .Must(text => Fits(text, longest)).WithMessage($"at most {longest} characters, without control characters");

    /// <summary>May be absent, but not empty.</summary>
    public static IRuleBuilderOptions<T, string?> OptionalText<T>(this IRuleBuilder<T, string?> rule, int longest) => rule
        .Must(text => text is null || (text.AsSpan().Trim().Length > 0 && Fits(text, longest)))
        .WithMessage($"if present, 1 to {longest} characters, without control characters");

    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> Texts<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule, int most, int longest) => rule
        .Must(texts => texts is null || (texts.Count <= most && texts.All(t => !string.IsNullOrWhiteSpace(t) && Fits(t, longest))))
        .WithMessage($"at most {most} items of 1 to {longest} characters, without control characters");

    /// <summary>A list that is no longer than a person writes.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>?> Most<T, TItem>(this IRuleBuilder<T, IReadOnlyList<TItem>?> rule, int most) => rule
        .Must(items => items is null || items.Count <= most).WithMessage($"at most {most} items");

    /// <summary>ISO 3166-1 or -2 codes, and UN M.49 <c>001</c> for the world.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> Regions<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule) => rule
        .Must(AreRegions).WithMessage("ISO 3166 codes such as XN or XN-01, at most 300");

    /// <summary>No list, or one of such codes.</summary>
    public static bool AreRegions(IReadOnlyList<string>? regions) => regions is null || (regions.Count <= 300 && regions.All(r => r is not null && IsRegion(r)));

    public static bool IsRegion(string text) => Region().IsMatch(text);

    /// <summary>BCP 47 tags.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> Languages<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule) => rule
        .Must(tags => tags is null || (tags.Count <= 100 && tags.All(t => t is not null && IsLanguage(t))))
        .WithMessage("BCP 47 tags such as de or de-AT, at most 100");

    public static bool IsLanguage(string text) => Language().IsMatch(text);

    /// <summary>An instant between 2000 and 2100: anything else is a slip of the pen.</summary>
    public static IRuleBuilderOptions<T, DateTimeOffset?> Instant<T>(this IRuleBuilder<T, DateTimeOffset?> rule) => rule
        .Must(at => at is null || IsInstant(at.Value)).WithMessage("must lie between the years 2000 and 2100");

    public static IRuleBuilderOptions<T, DateTimeOffset> Instant<T>(this IRuleBuilder<T, DateTimeOffset> rule) => rule
        .Must(IsInstant).WithMessage("must lie between the years 2000 and 2100");

    public static bool IsInstant(DateTimeOffset at) => at >= _earliest && at < _latest;

    /// <summary>A text that is kept although it is not as it should be: without what is barred, and U+FFFD where a character was broken.</summary>
    public static string Readable(string text)
    {
        if (!text.AsSpan().ContainsAny(_forbidden) && WellFormed(text))
        {
            return text;
        }

        var readable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsBmp || !_forbidden.Contains((char)rune.Value))
            {
                readable.Append(rune.ToString());
            }
        }

        return readable.ToString();
    }

    private static bool Fits(string text, int longest) => text.Length <= longest && !text.AsSpan().ContainsAny(_forbidden) && WellFormed(text);

    private static bool WellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var read) != OperationStatus.Done)
            {
                return false;
            }

            text = text[read..];
        }

        return true;
    }

    [GeneratedRegex("^(001|[A-Z]{2}(-[A-Z0-9]{1,3})?)\\z")]
    private static partial Regex Region();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\\z")]
    private static partial Regex Language();
}
