using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>One caller of the API.</summary>
public sealed class Api(HttpClient http, string? token = null)
{
    private static readonly JsonSerializerOptions _camelCase = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    public HttpClient Http => http;

    public string? Token => token;

    /// <summary>Raises an escalation; absent members get what a plain report has.</summary>
    /// <param name="more">Members to add or replace; a null removes one.</param>
    public Task<Answer> Raise(object? more = null, string? idempotencyKey = null) => Send(HttpMethod.Post, "/v1/escalations", Report(more), null, idempotencyKey);

    /// <summary>Raises an escalation and gives its key.</summary>
    public async Task<string> Raised(object? more = null) => (await Raise(more)).ShouldBe(201).Key;

    /// <summary>Gives a command on an escalation.</summary>
    public Task<Answer> Post(string key, string command, object body, string? ifMatch = null, string? idempotencyKey = null) =>
        Send(HttpMethod.Post, $"/v1/escalations/{key}/{command}", body, ifMatch, idempotencyKey);

    public Task<Answer> Note(string key, string text, string? ifMatch = null, string? idempotencyKey = null) =>
        Post(key, "post-note", new { text }, ifMatch, idempotencyKey);

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Answer> Put(string path, object body) => Send(HttpMethod.Put, path, body);

    /// <param name="body">Sent as JSON; a string is sent as it is.</param>
    public Task<Answer> Send(HttpMethod method, string path, object? body = null, string? ifMatch = null, string? idempotencyKey = null) =>
        Send(method, path, body is null ? null : Content(body), request =>
        {
            if (ifMatch is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
            }

            if (idempotencyKey is not null)
            {
                request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
            }
        });

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, Action<HttpRequestMessage>? change)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        change?.Invoke(request);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.Of(response);
    }

    public static HttpContent Content(object body) => new StringContent(
        body as string ?? JsonSerializer.Serialize(body, _camelCase), Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8"));

    public static Dictionary<string, object?> Report(object? more = null)
    {
        var report = new Dictionary<string, object?>
        {
            ["title"] = "Posts call for violence at a polling station",
            ["source"] = "ProactiveDetection",
            ["surface"] = "Feed",
            ["region"] = new[] { "XN" },
        };
        if (more is not null)
        {
            foreach (var member in JsonSerializer.SerializeToElement(more, JsonSerializerOptions.Web).EnumerateObject())
            {
                report[member.Name] = member.Value;
            }
        }

        return report.Where(m => m.Value is not null and not JsonElement { ValueKind: JsonValueKind.Null }).ToDictionary();
    }
}
