using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrisisOps.Server.Hosting;

/// <summary>JSON as the API speaks it: camelCase, enums as strings, instants in RFC 3339.</summary>
public static class Json
{
    /// <summary>Bodies of commands: unknown members, missing members and nulls where none may be are errors, so that a typo is no lost field.</summary>
    public static readonly JsonSerializerOptions Strict = Frozen(options =>
    {
        Strictly(options);
        options.Converters.Insert(0, new StrictEnumConverter());
    });

    /// <summary>Events, snapshots and answers: what we wrote ourselves.</summary>
    public static readonly JsonSerializerOptions Stored = Frozen(options => options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull);

    /// <summary>Applies the conventions to options that somebody else owns (Marten, OpenAPI).</summary>
    public static JsonSerializerOptions Conventions(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        // Answers are served as application/json, never inlined into HTML.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new DurationConverter());
        return options;
    }

    /// <summary>The rules for bodies of commands; also for the schemas that describe them.</summary>
    public static void Strictly(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 16;
    }

    private static JsonSerializerOptions Frozen(Action<JsonSerializerOptions> change)
    {
        var options = Conventions(new JsonSerializerOptions());
        change(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Instants need an offset: a local time without one has a different meaning for every reader.</summary>
    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String && HasOffset(reader.GetString()!) && reader.TryGetDateTimeOffset(out var instant))
            {
                return instant.ToUniversalTime();
            }

            throw new JsonException("must be an RFC 3339 instant with an offset, for example 2027-05-15T14:02:00Z");
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);

        private static bool HasOffset(string text) =>
            text.EndsWith('Z') || text.EndsWith('z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
    }
}
