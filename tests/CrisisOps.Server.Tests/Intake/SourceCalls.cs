using System.Text.Json;
using CrisisOps.Server.Intake;
using CrisisOps.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>Sources of alerts, as whoever keeps them calls them.</summary>
internal static class SourceCalls
{
    private static int _names;

    public static Task<Answer> Register(this Api caller, string? name = null, string[]? regions = null, string kind = "IndustryPeer") =>
        caller.Send(HttpMethod.Post, "/v1/sources", new { name = name ?? $"Source {Interlocked.Increment(ref _names)}", kind, regions = regions ?? ["XN"] });

    /// <summary>A partner manager and a source of theirs.</summary>
    public static async Task<(Api Manager, string Key)> Registered(this TestServer server, string[]? regions = null)
    {
        var manager = await server.Staff("pm-01", "partner-manager");
        return (manager, (await manager.Register(regions: regions)).ShouldBe(201).Key);
    }

    /// <summary>Issues a key and gives it.</summary>
    public static async Task<string> ApiKey(this Api caller, string source, object? more = null) =>
        (await caller.Gives(source, "issue-key", more ?? new { name = "ingest host" })).Json.GetProperty("apiKey").GetString()!;

    public static string EventId(this Answer answer, string member) => answer.Json.GetProperty("events")[0].GetProperty(member).GetString()!;

    /// <summary>What a node makes of a key.</summary>
    public static async Task<SourceStanding?> Standing(this TestNode node, string apiKey) =>
        (await node.Services.GetRequiredService<SourceBook>().ByKey(apiKey, TestContext.Current.CancellationToken))?.Standing;

    public static void Uses(this TestNode node, string source, string? keyId, DateTimeOffset at) => node.Services.GetRequiredService<SourceUses>().Used(source, keyId, at);

    /// <summary>The member of every event of a type on a stream, in order.</summary>
    public static async Task<JsonElement[]> Recorded(this TestServer server, string source, string type) =>
        [.. (await server.Database.Column<string>("select data::text from crisis.mt_events where stream_id = $1 and type = $2 order by version", source, type)).Select(d => JsonDocument.Parse(d).RootElement)];

    /// <summary>Whether a text stands anywhere in the store: in any row of any table.</summary>
    public static async Task<string[]> TablesHolding(this TestDatabase database, string text)
    {
        List<string> holding = [];
        foreach (var table in await database.Column<string>("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"))
        {
            if (await database.Scalar<bool>($"select exists (select 1 from {table} t where position($1 in t::text) > 0)", text))
            {
                holding.Add(table);
            }
        }

        return [.. holding];
    }
}
