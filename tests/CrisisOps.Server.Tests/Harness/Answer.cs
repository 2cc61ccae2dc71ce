using System.Globalization;
using System.Text.Json;
using Shouldly;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>What the server answered.</summary>
public sealed record Answer(int Status, string? MediaType, string Text, string? ETag, Uri? Location, TimeSpan? RetryAfter, ILookup<string, string> Headers)
{
    public static async Task<Answer> Of(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        await response.Content.ReadAsStringAsync(),
        response.Headers.ETag?.Tag,
        response.Headers.Location,
        response.Headers.RetryAfter?.Delta,
        response.Headers.Concat(response.Content.Headers).SelectMany(h => h.Value.Select(v => (h.Key, v))).ToLookup(h => h.Key, h => h.v, StringComparer.OrdinalIgnoreCase));

    public bool Ok => Status is >= 200 and < 300;

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The stream an answer to a command is about.</summary>
    public string Key => Json.GetProperty("key").GetString()!;

    public long Version => Json.GetProperty("version").GetInt64();

    public string State => Json.GetProperty("state").GetString()!;

    public string? this[string member] => Json.TryGetProperty(member, out var value) ? value.ToString() : null;

    public Answer ShouldBe(int status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    public Answer ShouldBeDone() => ShouldBe(200);

    /// <summary>Done, and the stream now has this version, in the body and as ETag.</summary>
    public Answer ShouldBeAt(long version)
    {
        Ok.ShouldBeTrue(Text);
        Version.ShouldBe(version);
        ETag.ShouldBe(string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));
        return this;
    }

    /// <summary>A Problem Details document of this type; nothing of .NET in it.</summary>
    /// <param name="type">With or without <c>/problems/</c>.</param>
    /// <param name="member">A member that must be named in <c>errors</c>.</param>
    public Answer ShouldBeProblem(int status, string type, string? guard = null, string? member = null)
    {
        Status.ShouldBe(status, Text);
        MediaType.ShouldBe("application/problem+json", Text);
        this["type"].ShouldBe(type.StartsWith('/') || type.Contains(':', StringComparison.Ordinal) ? type : "/problems/" + type, Text);
        this["status"].ShouldBe(status.ToString(CultureInfo.InvariantCulture), Text);
        this["title"].ShouldNotBeNullOrWhiteSpace();
        if (guard is not null)
        {
            this["guard"].ShouldBe(guard, Text);
        }

        if (member is not null)
        {
            Members.ShouldContain(member, Text);
        }

        foreach (var trace in (string[])["System.", "CrisisOps.", "Exception", "Npgsql", "   at "])
        {
            Text.ShouldNotContain(trace, Case.Sensitive);
        }

        return this;
    }

    /// <summary>The members that a problem names.</summary>
    public IEnumerable<string> Members => Json.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(e => e.Name) : [];
}
