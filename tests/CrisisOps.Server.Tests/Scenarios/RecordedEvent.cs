using System.Text.Json;
using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>An event as it stands in the store.</summary>
/// <param name="Type">As stored, for example <c>escalation_raised</c>.</param>
internal sealed record RecordedEvent(string Stream, long Version, string Type, DateTimeOffset At, string Actor, JsonElement Data)
{
    /// <summary>Every event, in the order in which they were recorded.</summary>
    public static async Task<IReadOnlyList<RecordedEvent>> All(TestDatabase database)
    {
        var rows = await database.Column<string>("""
            select jsonb_build_object('stream', stream_id, 'version', version, 'type', type, 'at', timestamp, 'actor', user_name, 'data', data)::text
              from crisis.mt_events order by timestamp, seq_id
            """);
        return [.. rows.Select(row => JsonSerializer.Deserialize<RecordedEvent>(row, JsonSerializerOptions.Web)!)];
    }
}
