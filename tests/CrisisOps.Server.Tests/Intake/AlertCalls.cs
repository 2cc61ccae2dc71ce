using System.Net.Http.Headers;
using System.Text.Json;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>A system that sends alerts with its key.</summary>
/// <param name="Anybody">A caller of its node without a token.</param>
internal sealed record Feed(Api Anybody, string Source, string ApiKey, string Region)
{
    /// <summary>Sends one alert in our own format.</summary>
    public Task<Answer> Send(object alert) => Send("/v1/alerts", JsonSerializer.Serialize(alert, JsonSerializerOptions.Web));

    public Task<Answer> Send(string path, string body, string type = "application/json", Action<HttpRequestMessage>? change = null) =>
        Anybody.Send(HttpMethod.Post, path, new StringContent(body, MediaTypeHeaderValue.Parse(type)), request =>
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
            change?.Invoke(request);
        });

    /// <summary>Sends one alert that is taken, and gives its receipt.</summary>
    public async Task<string> Sends(object alert) => (await Send(alert)).ShouldBe(202).Json.GetProperty("receipt").GetString()!;

    /// <summary>Sends lines in one request; gives the answer to each.</summary>
    public async Task<JsonElement[]> Bulk(IEnumerable<string> lines)
    {
        var answer = (await Send("/v1/alerts", string.Join('\n', lines), "application/x-ndjson")).ShouldBe(202);
        return [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public Task<Answer> Get(string path) => Anybody.Send(HttpMethod.Get, path, (HttpContent?)null, request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey));

    /// <summary>The same system at another node.</summary>
    public Feed At(TestNode node) => this with { Anybody = node.With(null) };
}

internal static class AlertCalls
{
    private static int _references;

    /// <summary>A source of its own region, with a key.</summary>
    /// <param name="more">Members of its registration.</param>
    public static async Task<Feed> Feed(this TestServer server, object? more = null, string? region = null) =>
        await (await server.Staff("pm-01", "partner-manager", "admin")).Feed(server.Node.With(null), more, region);

    /// <summary>The same by a partner manager of any server.</summary>
    public static async Task<Feed> Feed(this Api manager, Api anybody, object? more = null, string? region = null)
    {
        region ??= StreamCalls.NewRegion();
        var terms = new Dictionary<string, object?> { ["name"] = $"Monitor {Guid.NewGuid():n}", ["kind"] = "CivilSociety", ["regions"] = new[] { region }, ["ratePerMinute"] = 1_000_000 };
        foreach (var member in JsonSerializer.SerializeToElement(more ?? new { }, JsonSerializerOptions.Web).EnumerateObject())
        {
            terms[member.Name] = member.Value;
        }

        var source = (await manager.Send(HttpMethod.Post, "/v1/sources", terms)).ShouldBe(201).Key;
        return new Feed(anybody, source, await manager.ApiKey(source), region);
    }

    /// <summary>Begins now; gives when it ends. What comes next is kept back.</summary>
    public static async Task<DateTimeOffset> Maintenance(this TestServer server, Feed feed, string length, object? more = null)
    {
        var manager = await server.Staff("pm-01", "partner-manager", "admin");
        var plan = new Dictionary<string, object?> { ["from"] = await manager.Now(), ["length"] = length, ["reason"] = "moving" };
        foreach (var member in JsonSerializer.SerializeToElement(more ?? new { }).EnumerateObject())
        {
            plan[member.Name] = member.Value;
        }

        await manager.Gives(feed.Source, "plan-maintenance", plan);
        await server.Node.Knows(feed.Source);
        return ((DateTimeOffset)plan["from"]!) + System.Xml.XmlConvert.ToTimeSpan(length);
    }

    /// <summary>An alert in our own format with a reference of its own.</summary>
    public static Dictionary<string, object?> Alert(string? dedupKey = null, string? content = null, string? reference = null, string? severity = null, string title = "Posts call for violence") => new Dictionary<string, object?>
    {
        ["externalRef"] = reference ?? $"ref-{Interlocked.Increment(ref _references)}",
        ["title"] = title,
        ["dedupKey"] = dedupKey,
        ["severity"] = severity,
        ["content"] = content is null ? null : new[] { new { itemId = content, itemType = "video" } },
    }.Where(m => m.Value is not null).ToDictionary();

    /// <summary>The same as a line of a bulk.</summary>
    public static string Line(this Dictionary<string, object?> alert) => JsonSerializer.Serialize(alert, JsonSerializerOptions.Web);

    public static Dictionary<string, object?> With(this Dictionary<string, object?> alert, string member, object? value)
    {
        alert[member] = value;
        return alert;
    }

    /// <summary>The escalations that this source raised, by the store.</summary>
    public static Task<List<string>> RaisedBy(this TestServer server, Feed feed) =>
        server.Database.Column<string>("select stream_id from crisis.mt_events where type = 'escalation_raised' and user_name = $1 order by stream_id", feed.Source);

    /// <summary>How many alerts of a source are stored.</summary>
    public static Task<long> Stored(this TestServer server, Feed feed) => server.Database.Scalar<long>("select count(*) from crisis.alerts where source = $1", feed.Source);

    /// <summary>The case of an alert; null when it is kept.</summary>
    public static async Task<string?> CaseOf(this TestServer server, string receipt) =>
        (await server.Database.Column<string>("select coalesce(escalation, '') from crisis.alerts where id = $1::uuid", Guid.Parse(receipt)))[0] is { Length: > 0 } key ? key : null;

    public static async Task<string> ReasonOf(this TestServer server, string receipt) => await server.Database.Scalar<string>("select reason from crisis.alerts where id = $1::uuid", Guid.Parse(receipt));

    /// <summary>Waits until the timelines were told of everything that was folded.</summary>
    public static Task Tallied(this TestServer server) => server.Database.Tallied();

    public static Task Tallied(this TestDatabase database) =>
        Eventually.Is(async () => await database.Scalar<bool>("select not exists (select 1 from crisis.alert_folds)"), "all folded reports are told", TimeSpan.FromSeconds(60));
}
