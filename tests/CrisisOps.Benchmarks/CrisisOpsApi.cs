using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace CrisisOps.Benchmarks;

/// <summary>The few calls of the public API that the benchmarks make, as any client would make them.</summary>
internal sealed class CrisisOpsApi(Uri url) : IDisposable
{
    /// <summary>The two regions of every benchmark: half of the escalations lie in each.</summary>
    public static readonly string[] Regions = ["XN", "XS"];

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = url };

    /// <summary>A bearer token for a specialist of the regions who may read everything in them.</summary>
    public Task<string> TokenAsync(string subject, string[] regions, CancellationToken cancellation) => TokenAsync(subject, ["specialist"], regions, cancellation);

    /// <summary>A bearer token for somebody of other roles.</summary>
    public async Task<string> TokenAsync(string subject, string[] roles, string[] regions, CancellationToken cancellation)
    {
        using var answer = await _http.PostAsJsonAsync("/dev/tokens",
            new { subject, roles, functions = Array.Empty<string>(), regions, clearance = "RED" }, cancellation);
        return (await ReadAsync(answer, cancellation)).GetProperty("token").GetString()!;
    }

    /// <summary>Tokens of so many people, all of whom may read and write everything.</summary>
    public async Task<string[]> TokensAsync(int people, CancellationToken cancellation)
    {
        var tokens = new string[people];
        for (var i = 0; i < people; i++)
            tokens[i] = await TokenAsync($"spec-{i + 1:D2}", Regions, cancellation);
        return tokens;
    }

    /// <summary>Raises an escalation and gives its key. Severity is low, so that no clock runs out while we measure.</summary>
    public async Task<string> RaiseAsync(int number, string token, CancellationToken cancellation)
    {
        var body = new
        {
            title = $"Re-uploads of the attack video, cluster {number}",
            source = "UserReport",
            requester = new { contactRef = $"reporter-{number}", disclosureLevel = "Outcome" },
            surface = number % 3 == 0 ? "Groups" : "Feed",
            contentRefs = new[] { new { itemId = $"item-{number}", itemType = "Video", url = $"https://content.example/{number}" } },
            region = new[] { Regions[number % Regions.Length] },
            language = new[] { "en" },
            allegation = "Copies of a livestreamed attack, uploaded from accounts made today",
            proposedSeverity = number % 2 == 0 ? "SEV3" : "SEV4",
            threatToLife = false,
            externalRef = $"bench-{number}",
        };
        var answer = await CommandAsync("/v1/escalations", $"bench-raise-{number}", body, token, cancellation);
        return answer.GetProperty("key").GetString()!;
    }

    public Task PostNoteAsync(string key, string text, string token, CancellationToken cancellation) =>
        CommandAsync($"/v1/escalations/{key}/post-note", Guid.NewGuid().ToString("N"), new { text }, token, cancellation);

    /// <summary>Reads a page; the second part is where its Link header says the next one is.</summary>
    public async Task<(JsonElement Page, string? Next)> PageAsync(string path, string token, CancellationToken cancellation)
    {
        using var answer = await GetAsync(path, token, "application/json", cancellation);
        var next = answer.Headers.TryGetValues("Link", out var links)
            ? links.SelectMany(link => link.Split(',')).FirstOrDefault(link => link.Contains("rel=\"next\"", StringComparison.Ordinal))
            : null;
        var target = next?[(next.IndexOf('<', StringComparison.Ordinal) + 1)..next.IndexOf('>', StringComparison.Ordinal)];
        return (await ReadAsync(answer, cancellation), target is null ? null : new Uri(url, target).PathAndQuery);
    }

    public async Task<HttpStatusCode> StatusAsync(string path, string token, CancellationToken cancellation)
    {
        using var answer = await GetAsync(path, token, "application/json", cancellation);
        return answer.StatusCode;
    }

    /// <summary>Opens a stream of server-sent events.</summary>
    public async Task<Stream> LiveAsync(string key, string token, CancellationToken cancellation)
    {
        var answer = await GetAsync($"/v1/timelines/{key}/live", token, "text/event-stream", cancellation);
        if (!answer.IsSuccessStatusCode)
            await ReadAsync(answer, cancellation);
        return await answer.Content.ReadAsStreamAsync(cancellation);
    }

    public void Dispose() => _http.Dispose();

    private Task<HttpResponseMessage> GetAsync(string path, string token, string mediaType, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.ParseAdd(mediaType);
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>Enters somebody into the directory, so that others can give them a part, and gives their token.</summary>
    public async Task<string> StaffAsync(string name, string role, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/directory/people/{name}") { Content = JsonContent.Create(new { roles = new[] { role }, regions = new[] { "*" }, clearance = "RED" }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync("admin-01", ["admin"], ["*"], cancellation));
        using var answer = await _http.SendAsync(request, cancellation);
        await ReadAsync(answer, cancellation);
        return await TokenAsync(name, [role], ["*"], cancellation);
    }

    /// <summary>Presses the button behind a signed link, without a token.</summary>
    public async Task FollowAsync(string link, CancellationToken cancellation)
    {
        using var answer = await _http.PostAsync(new Uri(link).AbsolutePath, null, cancellation);
        await ReadAsync(answer, cancellation);
    }

    /// <summary>Moves the clock of the store; answers when everything due on the way has fired.</summary>
    public async Task MoveClockAsync(DateTimeOffset to, CancellationToken cancellation)
    {
        using var answer = await _http.PostAsJsonAsync("/dev/clock", new { now = to }, cancellation);
        await ReadAsync(answer, cancellation);
    }

    /// <summary>Gives a command as its caller would, and comes again when the server is busy.</summary>
    public async Task<JsonElement> CommandAsync(string path, string idempotencyKey, object body, string token, CancellationToken cancellation)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Add("Idempotency-Key", idempotencyKey);
            using var answer = await _http.SendAsync(request, cancellation);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                return await ReadAsync(answer, cancellation);
            // Busy lanes say so instead of growing; the key makes it safe to come again.
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromMilliseconds(200), cancellation);
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation) =>
        answer.IsSuccessStatusCode
            ? await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)
            : throw new BenchException($"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.PathAndQuery} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
}
