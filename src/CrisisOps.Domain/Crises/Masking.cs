using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Names of perpetrators and titles of manifestos never leave Core (domain §4, "do-not-leak rules").</summary>
public static class Masking
{
    private const string Mask = "[masked]";

    public static Entry Masked(this Entry entry, IEnumerable<string> terms)
    {
        string[] ordered = [.. terms];
        return ordered.Length == 0 ? entry : entry with
        {
            ReplacementText = entry.ReplacementText is { } text ? Hide(text, ordered) : null,
            Others = entry.Others.ToImmutableDictionary(
                o => o.Key, o => new AudienceText(Hide(o.Value.Headline, ordered), o.Value.Body is { } body ? Hide(body, ordered) : null)),
        };
    }

    /// <summary>The first masked term that stands in one of the texts.</summary>
    public static string? Leaked(this Crisis state, params IEnumerable<string?> texts) =>
        state.MaskedTerms.Find(term => texts.Any(t => t?.Contains(term, StringComparison.OrdinalIgnoreCase) == true));

    /// <summary>The text without the terms; the longest goes first, or a part of it would leave the rest standing.</summary>
    public static string Hide(string text, IEnumerable<string> terms) =>
        terms.OrderByDescending(t => t.Length).Aggregate(text, (hidden, term) => hidden.Replace(term, Mask, StringComparison.OrdinalIgnoreCase));
}
