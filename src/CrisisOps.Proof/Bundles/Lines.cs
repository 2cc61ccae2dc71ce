using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrisisOps.Proof.Bundles;

/// <summary>The first line: what this is, of whom, and the head that everything in it is proven by.</summary>
/// <param name="ExportedBy">Whose rights decided what is in it.</param>
/// <param name="Keys">The public keys that signed the heads in it, in base64.</param>
public sealed record BundleHeader(int Format, string Crisis, string ExportedBy, string ExportedAt, SignedHead Head, IReadOnlyList<string> Keys, int Streams);

/// <summary>A stream of the bundle, where it stood at the head, and the proof that it stood there.</summary>
/// <param name="Tip">The leaf of its newest event.</param>
/// <param name="Bucket">All entries of its bucket, each an id and a value, in the order of their ids.</param>
/// <param name="Siblings">Beside the way of the bucket to the root, from below.</param>
public sealed record StreamTip(string Stream, long Version, Digest Tip, IReadOnlyList<Digest[]> Bucket, IReadOnlyList<Digest> Siblings);

/// <summary>Leaves of other streams, from one position on and before another, as the complete subtrees over them.</summary>
public sealed record Skip(long From, long To, IReadOnlyList<Digest> Nodes);

/// <summary>A head since the crisis began, and the proof that the one before it is its beginning.</summary>
public sealed record HeadLine(SignedHead Head, IReadOnlyList<Digest> Proof);

/// <summary>The last line: without it a bundle is cut off.</summary>
/// <param name="Bytes">Of all lines before it.</param>
/// <param name="Sha256">Over all lines before it.</param>
public sealed record BundleManifest(long Lines, long Events, long Withheld, long Skips, long Timeline, long Deliveries, long Heads, long Bytes, Digest Sha256, string KeyId, string Signature);

/// <summary>How the lines are written as JSON, and read: strictly.</summary>
public static class LineJson
{
    public static readonly JsonSerializerOptions Options = Frozen();

    /// <summary>The value, or null when the text is none of this kind.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonSerializerOptions Frozen()
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
        {
            MaxDepth = 6,
            PropertyNameCaseInsensitive = false,
            NumberHandling = JsonNumberHandling.Strict,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
        };
        options.Converters.Add(new DigestConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class DigestConverter : JsonConverter<Digest>
    {
        public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && !reader.HasValueSequence && Digest.TryParse(reader.ValueSpan, out var digest) ? digest : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
