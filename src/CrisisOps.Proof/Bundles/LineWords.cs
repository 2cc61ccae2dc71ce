namespace CrisisOps.Proof.Bundles;

/// <summary>The words of a bundle that both its writer and its reader use.</summary>
public static class LineWords
{
    /// <summary>Of the form that is read and written here.</summary>
    public const int Format = 1;

    public const string Header = "header";
    public const string Stream = "stream";
    public const string Event = "event";
    public const string Skip = "skip";
    public const string Timeline = "timeline";
    public const string Delivery = "delivery";
    public const string Head = "head";
    public const string Manifest = "manifest";

    /// <summary>The kinds in the order in which they follow each other; events and skips alternate.</summary>
    internal static readonly string[] Order = [Header, Stream, Event, Timeline, Delivery, Head, Manifest];

    /// <summary>A redaction hides the entry of this event.</summary>
    public const string Redacted = "redacted";

    /// <summary>The event is more secret than its reader may read.</summary>
    public const string Secret = "secret";

    /// <summary>The content was erased, and with it the salt.</summary>
    public const string Erased = "erased";

    internal static bool Withholds(string word) => word is Redacted or Secret or Erased;
}
