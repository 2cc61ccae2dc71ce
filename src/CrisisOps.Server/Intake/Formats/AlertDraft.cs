using System.Security.Cryptography;
using System.Text;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>
/// An alert in the words of its source. <see cref="Read"/> makes of it what is kept: what does not fit is cut, clamped or left out, and marked.
/// A mark says which member it is about and never what stood there.
/// </summary>
internal sealed class AlertDraft
{
    private const int MostItems = 100;
    private const int MostMarks = 50;
    private const int LongestTitle = 300;

    private readonly List<string> _marks = [];

    public string? ExternalRef { get; set; }
    public string? Title { get; set; }
    public string? Action { get; set; }
    public string? DedupKey { get; set; }
    public string? Text { get; set; }
    public string? Severity { get; set; }
    public string? PolicyArea { get; set; }
    public string? Surface { get; set; }
    public string? Product { get; set; }
    public string? ThreatToLife { get; set; }
    public string? LiveContent { get; set; }
    public string? Exercise { get; set; }
    public string? Tlp { get; set; }
    public string? OccurredAt { get; set; }
    public string? ContactRef { get; set; }
    public List<string> Regions { get; } = [];
    public List<string> Languages { get; } = [];
    public List<string> Evidence { get; } = [];
    public List<ContentRef> Content { get; } = [];

    public void Mark(string what)
    {
        if (_marks.Count < MostMarks && !_marks.Contains(what))
        {
            _marks.Add(what);
        }
    }

    /// <summary>A member under the name that other formats give it: <c>policy_area</c>, <c>policy-area</c> and <c>policyArea</c> are one. Lists have commas.</summary>
    /// <returns>False for what is no member of ours.</returns>
    public bool Take(string name, string value)
    {
        switch (AlertWords.Plain(name))
        {
            case "policyarea": PolicyArea = value; return true;
            case "surface": Surface = value; return true;
            case "product": Product = value; return true;
            case "severity": Severity = value; return true;
            case "threattolife": ThreatToLife = value; return true;
            case "livecontent": LiveContent = value; return true;
            case "exercise": Exercise = value; return true;
            case "tlp": Tlp = value; return true;
            case "occurredat": OccurredAt = value; return true;
            case "contactref": ContactRef = value; return true;
            case "region" or "regions": Regions.AddRange(Items(value)); return true;
            case "language" or "languages": Languages.AddRange(Items(value)); return true;
            case "contentid" or "contentids" or "content": Content.AddRange(Items(value).Select(Item)); return true;
            case "evidence": Evidence.AddRange(Items(value)); return true;
            default: return false;
        }
    }

    /// <summary>A piece of content of which nothing but its id is known.</summary>
    public static ContentRef Item(string id) => new(id, "item");

    /// <param name="line">See <see cref="ReadAlert"/>.</param>
    /// <param name="at">Where the members stand, for example <c>data.</c>.</param>
    public ReadAlert Read(AlertFormat format, int line, ReadOnlyMemory<byte> raw, string at = "")
    {
        if (string.IsNullOrWhiteSpace(ExternalRef))
        {
            return new ReadAlert(line, raw, null, new FormatFault($"{at}externalRef", "It is required: your own name of this alert, 1 to 200 characters."));
        }

        return Line("title", Title, LongestTitle) is { } title
            ? new ReadAlert(line, raw, Kept(format, title))
            : new ReadAlert(line, raw, null, new FormatFault($"{at}title", "It is required: what goes on, in 1 to 300 characters."));
    }

    private IncomingAlert Kept(AlertFormat format, string title)
    {
        var kept = new IncomingAlert(format, Name("externalRef", ExternalRef!, 200), title, Word<AlertAction>("action", Action, "it was taken as trigger") ?? AlertAction.Trigger)
        {
            DedupKey = string.IsNullOrWhiteSpace(DedupKey) ? null : Name("dedupKey", DedupKey, 255),
            // A title that was cut stands in the text as a whole.
            Text = Cut("text", Title!.Trim().Length > LongestTitle ? $"{Title}\n\n{Text}" : Text, 10_000),
            SeverityWord = Line("severity", Severity, 50),
            PolicyArea = Word<PolicyArea>("policyArea", PolicyArea),
            Surface = Word<Surface>("surface", Surface),
            Product = Line("product", Product, 50),
            Regions = Known("regions", Regions.Select(r => r.Trim().ToUpperInvariant()), Shapes.IsRegion, "an ISO 3166 code such as XN or XN-01"),
            Languages = Known("languages", Languages.Select(l => l.Trim()), Shapes.IsLanguage, "a BCP 47 tag such as de or de-AT"),
            ContentRefs = Known("content", Content.Select(Readable), c => c.ItemId.Length is > 0 and <= 200, "an id of 1 to 200 characters"),
            EvidenceRefs = Known("evidence", Evidence.Select(e => Shapes.Readable(e).Trim()), e => e.Length is > 0 and <= 200, "a reference of 1 to 200 characters"),
            ThreatToLife = Truth("threatToLife", ThreatToLife),
            LiveContent = Truth("liveContent", LiveContent),
            Exercise = Truth("exercise", Exercise),
            Tlp = AlertWords.Tlp(Tlp) ?? Left<Tlp>("tlp", Tlp, "it is none of CLEAR, GREEN, AMBER, AMBER+STRICT and RED, and was left out"),
            OccurredAt = AlertWords.Instant(OccurredAt) ?? Left<DateTimeOffset>("occurredAt", OccurredAt, "it is no RFC 3339 instant with an offset, between 2000 and 2100, and was left out"),
            ContactRef = Contact(),
        };
        return kept with { Marks = [.. _marks] };
    }

    private static string[] Items(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A name is never cut: two that begin alike would be one. What does not fit, or can not be written, goes by its hash.</summary>
    private string Name(string member, string name, int longest)
    {
        if (name.Length <= longest && Shapes.Readable(name) == name)
        {
            return name;
        }

        Mark($"{member}: longer than {longest} characters, or with characters that no name has; a hash of it stands in its place.");
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}";
    }

    private string? Cut(string member, string? text, int longest)
    {
        if (text is null)
        {
            return null;
        }

        var readable = Shapes.Readable(text).Trim();
        if (readable.Length < text.Trim().Length || readable.Contains('\ufffd'))
        {
            Mark($"{member}: characters that can not be shown were taken out or replaced.");
        }

        if (readable.Length > longest)
        {
            Mark($"{member}: cut to {longest} characters.");
            var end = char.IsHighSurrogate(readable[longest - 2]) ? longest - 2 : longest - 1;
            readable = $"{readable.AsSpan(0, end)}…";
        }

        return readable.Length == 0 ? null : readable;
    }

    private string? Line(string member, string? text, int longest) => Cut(member, text?.ReplaceLineEndings(" ").Replace('\t', ' '), longest);

    private ContentRef Readable(ContentRef content) => new(
        Shapes.Readable(content.ItemId).Trim(), Line("content.itemType", content.ItemType, 50) ?? "item",
        content.Url is null || (content.Url.Length is > 0 and <= 2000 && Shapes.Readable(content.Url) == content.Url) ? content.Url : LeftUrl());

    private string? LeftUrl()
    {
        Mark("content.url: longer than 2000 characters, or with characters that no address has; it was left out.");
        return null;
    }

    private T[] Known<T>(string member, IEnumerable<T> items, Func<T, bool> known, string form)
    {
        T[] distinct = [.. items.Distinct()];
        T[] kept = [.. distinct.Where(known)];
        if (kept.Length < distinct.Length)
        {
            Mark($"{member}: what is not {form} was left out.");
        }

        if (kept.Length > MostItems)
        {
            Mark($"{member}: only the first {MostItems} were kept.");
        }

        return kept.Length > MostItems ? kept[..MostItems] : kept;
    }

    private T? Word<T>(string member, string? word, string otherwise = "it was left out")
        where T : struct, Enum => AlertWords.Of<T>(word) ?? Left<T>(member, word, $"that word is not known here, and {otherwise}");

    private bool Truth(string member, string? word) =>
        AlertWords.Truth(word) ?? Left<bool>(member, word, "it is neither true nor false, and was taken as false") ?? false;

    private string? Contact()
    {
        // An address is personal data; nobody may have to delete it from a stream.
        if (ContactRef?.Contains('@') == true)
        {
            Mark("contactRef: an address is no opaque reference, and was left out.");
            return null;
        }

        return ContactRef is { Length: > 200 } ? Name("contactRef", ContactRef, 200) : Line("contactRef", ContactRef, 200);
    }

    /// <summary>Marked, if anything stood there.</summary>
    private T? Left<T>(string member, string? word, string why)
        where T : struct
    {
        if (!string.IsNullOrWhiteSpace(word))
        {
            Mark($"{member}: {why}.");
        }

        return null;
    }
}
