using System.Text.Json.Serialization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>What a fact is computed from: an entry of a stream, and the instant of it that counts.</summary>
/// <param name="Version">0 for what stands beside the streams, such as a delivery: then <paramref name="Stream"/> is its kind and id.</param>
public sealed record FactSource([property: JsonIgnore] string Stream, [property: JsonIgnore] long Version, DateTimeOffset At)
{
    /// <summary>As every timeline names it, for example <c>CR-2027-0007@12</c>.</summary>
    [JsonPropertyOrder(-1)] public string Entry => Version > 0 ? $"{Stream}@{Version}" : Stream;

    /// <summary>When it was recorded: what was known, and in which state we were.</summary>
    public static FactSource Recorded(string stream, Stamp stamp) => new(stream, stamp.Version, stamp.RecordedAt);

    /// <summary>When it happened: what we did.</summary>
    public static FactSource Occurred(string stream, Stamp stamp) => new(stream, stamp.Version, stamp.OccurredAt);
}

/// <summary>Something that was computed from the record. There is no way to type one.</summary>
public interface IFact
{
    /// <summary>The stream it is about.</summary>
    string Stream { get; }

    /// <summary>All that it is computed from; who may not read one of them does not get the fact.</summary>
    IReadOnlyList<FactSource> Sources { get; }
}
