using System.Text.Json.Nodes;

namespace CrisisOps.Server.Diffs;

/// <summary>What changed between two instants over a stream and what was linked to it at either of them.</summary>
/// <param name="From">After this instant.</param>
/// <param name="To">Up to this instant.</param>
/// <param name="Streams">The stream itself first, then the others by their keys; what did not change is left out.</param>
/// <param name="More">There were more sentences than one answer holds: the timeline has them all.</param>
public sealed record Diff(string Key, DateTimeOffset From, DateTimeOffset To, string Clock, IReadOnlyList<StreamDiff> Streams, bool More);

/// <param name="Tlp">Of the stream; null where its reader is not told.</param>
/// <param name="Change">What became of it.</param>
/// <param name="Fields">Of the view that the reader's audience has.</param>
/// <param name="Sentences">First what is worked out from the states, then what the timeline tells the reader, in the order of its clock.</param>
public sealed record StreamDiff(string Stream, string? Tlp, StreamChanged Change, IReadOnlyList<FieldChange> Fields, IReadOnlyList<Sentence> Sentences);

public enum StreamChanged
{
    /// <summary>There at both instants, and linked at both.</summary>
    Changed,

    /// <summary>Opened or linked since.</summary>
    Appeared,

    /// <summary>Linked no more.</summary>
    Disappeared,
}

/// <param name="At">When it happened or was recorded, on the clock of the diff; null for what is worked out from the two states.</param>
/// <param name="EntryId">The entry of the timeline that says so.</param>
/// <param name="Tlp">Of that entry.</param>
public sealed record Sentence(string Text, DateTimeOffset? At = null, string? EntryId = null, string? Tlp = null);

/// <summary>A stream at both instants, as one reader may see it.</summary>
/// <param name="Before">Null when it was not there yet.</param>
/// <param name="WasLinked">It belonged to the stream that is asked about; that one to itself once it was there.</param>
internal sealed record StreamThenAndNow(string Key, JsonObject? Before, JsonObject? After, string? StateBefore, string? StateAfter, bool WasLinked, bool IsLinked)
{
    public string? Tlp => (After ?? Before)?["tlp"]?.GetValue<string>();

    public StreamChanged Change => (WasLinked, IsLinked) switch
    {
        (true, false) => StreamChanged.Disappeared,
        (false, true) => StreamChanged.Appeared,
        _ => StreamChanged.Changed,
    };
}
