using System.Text.Json;
using Shouldly;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>Commands on streams of every kind, by their keys.</summary>
internal static class StreamCalls
{
    private static readonly Dictionary<string, string> _plurals = new()
    {
        ["ESC"] = "escalations",
        ["CR"] = "crises",
        ["EL"] = "elections",
        ["PIR"] = "reviews",
        ["IMP"] = "recommendations",
        ["PRT"] = "partners",
        ["CNT"] = "contacts",
        ["SUB"] = "subscriptions",
        ["SRC"] = "sources",
        ["RSK"] = "risks",
    };

    private static int _regions;

    /// <summary>A region in which no other test of this run has anything.</summary>
    public static string NewRegion() => $"X{(char)('A' + (Interlocked.Increment(ref _regions) / 900))}-{100 + (_regions % 900)}";

    public static string Path(string key) => $"/v1/{_plurals[key.Split('-')[0]]}/{key}";

    /// <summary>Gives a command.</summary>
    public static Task<Answer> Give(this Api api, string key, string command, object? body = null, string? ifMatch = null, string? idempotencyKey = null) =>
        api.Send(HttpMethod.Post, $"{Path(key)}/{command}", body ?? new { }, ifMatch, idempotencyKey);

    /// <summary>Gives a command that is taken.</summary>
    public static async Task<Answer> Gives(this Api api, string key, string command, object? body = null)
    {
        var answer = await api.Give(key, command, body);
        answer.Ok.ShouldBeTrue($"{command}: {answer.Text}");
        return answer;
    }

    public static async Task<JsonElement> Read(this Api api, string key, string query = "") => (await api.Get(Path(key) + query)).ShouldBe(200).Json;

    public static async Task<string[]> Listed(this Api api, string path) =>
        [.. (await api.Get(path)).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("key").GetString()!)];

    /// <summary>A caller whom the directory knows, cleared for everything.</summary>
    public static async Task<Api> Staff(this TestServer server, string name, params string[] roles)
    {
        var admin = await server.As("admin-01", roles: ["admin"]);
        (await admin.Put($"/v1/directory/people/{name}", new { roles, regions = new[] { "*" }, clearance = "RED" })).ShouldBe(200);
        return await server.As(name, roles, clearance: "RED");
    }
}
