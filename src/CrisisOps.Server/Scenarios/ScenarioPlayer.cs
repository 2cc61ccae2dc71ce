using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Scenarios;

/// <summary>
/// Plays a scenario against a running server: every step is a request that a person or a partner would send, at its instant of
/// the server's clock. What timers and reactions do on the way is the server's own doing.
/// </summary>
public sealed class ScenarioPlayer(HttpClient http)
{
    private const int BusyTries = 10;

    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);

    public async Task Play(Scenario scenario, CancellationToken cancellation)
    {
        foreach (var (subject, caller) in scenario.Callers)
        {
            var answer = await Send("a token for " + subject, null, HttpMethod.Post, "/dev/tokens", new { subject, caller.Roles, caller.Functions, caller.Regions, caller.Clearance, caller.Partner }, cancellation);
            _tokens[subject] = answer.GetProperty("token").GetString()!;
        }

        foreach (var (prefix, next) in scenario.Keys ?? new Dictionary<string, long>())
        {
            await Send("the counter " + prefix, null, HttpMethod.Post, "/dev/keys", new { prefix, next }, cancellation);
        }

        if (scenario.Directory is { } directory)
        {
            await Fill(directory, cancellation);
        }

        for (var number = 1; number <= scenario.Steps.Count; number++)
        {
            await Take(scenario.Steps[number - 1], number, cancellation);
        }
    }

    private async Task Fill(ScenarioDirectory directory, CancellationToken cancellation)
    {
        var puts = (directory.People ?? new Dictionary<string, JsonElement>()).Select(p => (Path: $"/v1/directory/people/{p.Key}", Body: (object)p.Value))
            .Concat((directory.Facts ?? new Dictionary<string, IReadOnlyDictionary<string, string>>())
                .SelectMany(kind => kind.Value.Select(fact => (Path: $"/v1/directory/facts/{kind.Key}/{fact.Key}", Body: (object)new { fact.Value }))))
            .Concat((directory.Duty ?? new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>())
                .SelectMany(function => function.Value.Select(region => (Path: $"/v1/duty/{function.Key}/{region.Key}", Body: (object)region.Value))));
        foreach (var (path, body) in puts)
        {
            await Send($"PUT {path}", directory.As, HttpMethod.Put, path, body, cancellation);
        }
    }

    private async Task Take(ScenarioStep step, int number, CancellationToken cancellation)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"step {number} ({step.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}, {step.As}, {step.Method} {step.Path})");
        await MoveClock(step.At, what, cancellation);
        var answer = await Send(what, step.As, new HttpMethod(step.Method), step.Path, Body(step), cancellation, step.Expect?.Status, $"step-{number}");
        if (step.Expect is { } expected)
        {
            Check(what, "key", expected.Key, Text(answer, "key"));
            Check(what, "state", expected.State, Text(answer, "state"));
            Check(what, "events", expected.Events is null ? null : string.Join(", ", expected.Events), Events(answer));
        }
    }

    /// <summary>Moves the clock to the instant, unless it stands there or beyond: it never goes back.</summary>
    private async Task MoveClock(DateTimeOffset at, string what, CancellationToken cancellation)
    {
        var clock = await Send(what, null, HttpMethod.Get, "/dev/clock", null, cancellation);
        if (clock.GetProperty("now").GetDateTimeOffset() < at)
        {
            await Send(what, null, HttpMethod.Post, "/dev/clock", new { now = at }, cancellation);
        }
    }

    private async Task<JsonElement> Send(
        string what, string? subject, HttpMethod method, string path, object? body, CancellationToken cancellation, int? expected = null, string? idempotencyKey = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: Json.Stored) };
            if (subject is not null)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue(
                    "Bearer", _tokens.TryGetValue(subject, out var token) ? token : throw new ScenarioFailedException($"{what}: '{subject}' is not among the callers."));
            }

            if (idempotencyKey is not null)
            {
                request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
            }

            using var response = await http.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable && attempt < BusyTries)
            {
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), cancellation);
                continue;
            }

            if (expected is { } status ? (int)response.StatusCode != status : !response.IsSuccessStatusCode)
            {
                throw new ScenarioFailedException($"{what}: {(int)response.StatusCode} {text}");
            }

            return text.Length == 0 ? default : JsonElement.Parse(text);
        }
    }

    private static JsonObject? Body(ScenarioStep step)
    {
        var body = step.Body is { ValueKind: JsonValueKind.Object } given ? JsonObject.Create(given) : null;
        if (step.Method == "POST")
        {
            body ??= [];
        }

        if (step.OccurredAt is { } occurred)
        {
            body ??= [];
            body["occurredAt"] = occurred.UtcDateTime;
        }

        return body;
    }

    private static void Check(string what, string member, string? expected, string? actual)
    {
        if (expected is not null && expected != actual)
        {
            throw new ScenarioFailedException($"{what}: {member} should be '{expected}' and is '{actual}'.");
        }
    }

    private static string? Text(JsonElement answer, string member) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(member, out var value) ? value.ToString() : null;

    private static string Events(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("events", out var events)
            ? string.Join(", ", events.EnumerateArray().Select(e => e.GetProperty("type").GetString()))
            : "";
}
