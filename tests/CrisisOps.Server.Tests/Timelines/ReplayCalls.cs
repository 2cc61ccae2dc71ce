using System.Text.Json;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Timelines;
using Microsoft.Extensions.DependencyInjection;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>A server whose readers of replays wait on a clock that hurries.</summary>
public class ReplayServer(TestPostgres postgres) : TestServer(postgres)
{
    public HurriedClock Reader { get; } = new();

    protected override NodeOptions Options => new() { Services = services => services.AddKeyedSingleton<TimeProvider>(Replay.Clock, Reader) };
}

/// <summary>An event of a replay.</summary>
internal sealed record ReplayedEvent(string Name, string? Id, JsonElement Data);

internal static class ReplayCalls
{
    public static Task<Answer> GetReplay(this Api caller, string key, string query, string? lastId = null) =>
        caller.Send(HttpMethod.Get, $"/v1/timelines/{key}/replay?{query}", (HttpContent?)null, request =>
        {
            if (lastId is not null)
            {
                request.Headers.Add("Last-Event-ID", lastId);
            }
        });

    /// <summary>The events of a replay, to its end.</summary>
    public static async Task<List<ReplayedEvent>> Replayed(this Api caller, string key, string query, string? lastId = null) =>
        Read((await caller.GetReplay(key, query, lastId)).ShouldBe(200).Text);

    public static List<ReplayedEvent> Read(string stream)
    {
        List<ReplayedEvent> events = [];
        foreach (var block in stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = block.Split('\n').Where(line => !line.StartsWith(':')).Select(line => line.Split(": ", 2)).ToDictionary(f => f[0], f => f[1]);
            if (fields.TryGetValue("event", out var name))
            {
                events.Add(new ReplayedEvent(name, fields.GetValueOrDefault("id"), JsonDocument.Parse(fields["data"]).RootElement));
            }
        }

        return events;
    }

    public static JsonElement[] Entries(this IEnumerable<ReplayedEvent> events) => [.. events.Where(e => e.Name == "entry").Select(e => e.Data)];
}
