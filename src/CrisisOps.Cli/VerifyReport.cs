using System.Globalization;
using CrisisOps.Proof.Bundles;

namespace CrisisOps.Cli;

/// <summary>Says in plain sentences what is proven and what is not.</summary>
internal static class VerifyReport
{
    private const int Longest = 4000;

    public static void Write(Verification verification, TextWriter output, bool ownKeys)
    {
        foreach (var sentence in Sentences(verification, ownKeys))
        {
            // A bundle may have been made to play tricks on a terminal, or on whoever reads it.
            var plain = string.Concat(sentence.Take(Longest).Select(c => Plain(c) ? c : '?'));
            output.WriteLine(sentence.Length > Longest ? $"{plain}…" : plain);
        }
    }

    /// <summary>No control character, no line break, and nothing that turns the order of letters around.</summary>
    private static bool Plain(char c) => char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned);

    private static IEnumerable<string> Sentences(Verification verification, bool ownKeys)
    {
        var facts = verification.Facts;
        if (verification.Fault is { } fault)
        {
            yield return fault.Incomplete ? "NOT PROVEN: the bundle is incomplete." : "NOT PROVEN.";
            yield return $"Line {fault.Line}, {fault.Part}: {fault.Why}.";
            yield return fault.Incomplete
                ? "Export it again. What stands before was as it must be, as far as it can be told without the end."
                : "Nothing in this bundle is proven. The lines before this one were as they must be, as far as it can be told without the rest.";
            yield break;
        }

        yield return $"PROVEN: {facts.Header!.Crisis}, as exported by {facts.Header.ExportedBy} at {facts.Header.ExportedAt}.";
        foreach (var sentence in Proven(facts))
        {
            yield return $"  + {sentence}";
        }

        yield return "Not proven by this bundle:";
        foreach (var sentence in NotProven(facts, ownKeys))
        {
            yield return $"  - {sentence}";
        }
    }

    private static IEnumerable<string> Proven(BundleFacts facts)
    {
        var head = facts.Header!.Head;
        var one = facts.Events == 1;
        yield return $"{Count(facts.Events, "event")} of {Count(facts.Streams.Count, "stream")} {(one ? "stands here as it was" : "stand here as they were")} recorded, in the order in which {Were(facts.Events)} chained: none changed, missing, moved or added.";
        yield return $"Each stream is whole up to where it stood at {head.At}: {string.Join(", ", facts.Streams.Take(8).Select(s => $"{s.Key}@{s.Value}"))}{(facts.Streams.Count > 8 ? " and others" : "")}.";
        yield return $"{(one ? "It is" : "They are")} part of the one history of {Count(head.Size, "event")} whose head the key {head.KeyId} signed at {head.At}. It goes on from each of {Count(facts.Heads, "head")} that {(facts.Heads == 1 ? "was" : "were")} signed since {facts.FirstHead!.At}.";
        foreach (var (why, count) in facts.Withheld.OrderBy(w => w.Key, StringComparer.Ordinal))
        {
            yield return $"{Count(count, "event")} {(count == 1 ? "is here without its" : "are here without their")} content ({Reason(why)}): when and where {Were(count)} recorded is proven.";
        }

        yield return $"{Count(facts.Timeline, "timeline entry", "timeline entries")} and {Count(facts.Deliveries, "delivery", "deliveries")} are as the server showed them to {facts.Header.ExportedBy} then.";
        if (facts.Anchor is { } anchor)
        {
            yield return $"{Count(anchor.Compared, "anchored head")} {(anchor.Compared == 1 ? "is" : "are")} part of this history, the newest over {Count(anchor.Newest!.Size, "event")} at {anchor.Newest.At}{(anchor.Own ? ", which is the head of this bundle" : "")}.";
        }
    }

    private static IEnumerable<string> NotProven(BundleFacts facts, bool ownKeys)
    {
        if (ownKeys)
        {
            yield return $"That the key {facts.Header!.Head.KeyId} is the server's: the bundle brought it along. Compare it, or give --key.";
        }

        if (facts.Anchor is null)
        {
            yield return "That the history was not cut or rewritten by whoever holds the key, before this head was signed: give --anchor.";
        }
        else if (!facts.Anchor.Own)
        {
            yield return $"That nothing was cut off after {facts.Anchor.Newest!.At}: the head of this bundle is not anchored yet.";
        }

        yield return "That what people wrote was true, and what was recorded but had not been chained when the head was signed.";
        yield return "That timeline entries and deliveries are complete: they are what this reader was shown.";
    }

    private static string Reason(string why) => why switch
    {
        LineWords.Redacted => "redacted",
        LineWords.Erased => "erased as personal data",
        _ => "more secret than this reader may read",
    };

    private static string Were(long count) => count == 1 ? "it was" : "they were";

    private static string Count(long count, string one, string? many = null) => count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";
}
