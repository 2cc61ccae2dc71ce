using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>
/// The facts of a frozen instant in one line, so that an approval says which facts were approved without keeping a number that somebody could
/// have typed. Events are only ever added, and those after the instant are not looked at: whoever computes them anew gets the same line.
/// </summary>
public static class FactsHash
{
    private static readonly JsonSerializerOptions _plain = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <param name="facts">Computed without what stands beside the streams: rows may be cleared away.</param>
    public static string Of(IncidentFacts facts) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(facts, _plain)));
}

/// <summary>What the record came to at the frozen instant, as the server computed it.</summary>
public sealed record FrozenFacts(DateTimeOffset AsOf, string Hash);
