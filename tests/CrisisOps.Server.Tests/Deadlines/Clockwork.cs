using System.Text.Json;
using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Deadlines;

/// <summary>The clock and the deadlines of a server, as tests ask for them.</summary>
internal static class Clockwork
{
    public static async Task<DateTimeOffset> Now(this Api api) => (await api.Get("/dev/clock")).ShouldBeDone().Json.GetProperty("now").GetDateTimeOffset();

    /// <summary>Moves the clock; answers when everything due by then has fired.</summary>
    public static async Task MoveTo(this Api api, DateTimeOffset instant) => (await api.Send(HttpMethod.Post, "/dev/clock", new { now = instant })).ShouldBeDone();

    public static async Task Pass(this Api api, TimeSpan time) => await api.MoveTo(await api.Now() + time);

    /// <summary>Raises a case of SEV2 and takes an interim action on it.</summary>
    public static async Task<string> RaisedWithInterimAction(this Api api, DateTimeOffset? expiresAt = null)
    {
        var key = await api.Raised();
        (await api.Post(key, "take-interim-action", new { action = "Demote", scope = "the posts", reason = "spreading", expiresAt })).ShouldBeDone();
        return key;
    }

    public static async Task<JsonElement[]> Deadlines(this Api api, string query) =>
        [.. (await api.Get("/v1/deadlines?" + query)).ShouldBeDone().Json.GetProperty("items").EnumerateArray()];

    /// <summary>The events of a type on a stream, by the instants of their recording.</summary>
    public static Task<List<DateTime>> Recorded(this TestDatabase database, string key, string type) =>
        database.Column<DateTime>("select timestamp from crisis.mt_events where stream_id = $1 and type = $2 order by version", key, type);

    /// <summary>The states of the rows of one kind, or of all; every case has those of its clocks beside.</summary>
    public static Task<string> DeadlineState(this TestDatabase database, string key, string? kind = null) =>
        database.Scalar<string>("select coalesce((select string_agg(state, ',' order by due_at, ref) from crisis.deadlines where stream = $1 and kind = coalesce(nullif($2, ''), kind)), '')", key, kind ?? "");
}
