using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deadlines;

/// <summary>The deadlines that streams had which have moved since: from their states of then, as whoever looked at the list then found them.</summary>
public sealed class PastDeadlines(NpgsqlDataSource database, PastStates pasts, StreamKinds kinds)
{
    /// <summary>Looked at in one go.</summary>
    private const int Step = 200;

    /// <summary>The first of them after a place, in order: one more than a page has.</summary>
    internal async Task<List<DeadlineItem>> Moved(DeadlineFilter filter, Past past, DateTimeOffset now, DeadlineItem? after, int limit, Caller caller, CancellationToken cancellation)
    {
        List<DeadlineItem> items = [];
        string? from = "";
        while (from is not null)
        {
            (var streams, from) = await Candidates(filter, past, now, from, caller, cancellation);
            var then = await pasts.Load([.. streams.Keys], past, cancellation);
            items.AddRange(
                from held in then
                where held.Value.Version > 0
                from deadline in kinds.Of(held.Key).Deadlines(held.Value.State)
                let item = DeadlineItem.Of(held.Key, deadline)
                where filter.Fits(item, streams[held.Key], now) && (after is null || DeadlineItem.InOrder(item, after) > 0)
                select item);
            items.Sort(DeadlineItem.InOrder);
            items.RemoveRange(Math.Min(items.Count, limit + 1), Math.Max(0, items.Count - limit - 1));
        }

        return items;
    }

    /// <summary>Streams of which the caller may know the timers now, with the audience as which; and where to go on, null at the end.</summary>
    private async Task<(Dictionary<string, Audience> Streams, string? Last)> Candidates(
        DeadlineFilter filter, Past past, DateTimeOffset now, string from, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", SightRows.All, caller, arguments);
        var at = arguments.Add(now);
        // By the clock of occurrence something may have stood that was settled when it was recorded.
        var standing = past.Occurred ? "true" : $"(d.state in ('Open', 'Missed') or d.settled_at > {at})";
        var only = filter.Stream is { } stream ? $"and d.stream = {arguments.Add(stream)}" : "";
        await using var command = database.Statement(
            $"""
            select c.stream, case when {sight.Visible} and {past.Began("c.stream", null, arguments)} then {sight.Audience} end, s.timestamp > {at} from (
                select distinct d.stream from crisis.deadlines d where d.stream > {arguments.Add(from)} and {standing} {only} order by d.stream limit {Step}) c
              left join crisis.sights e on e.key = c.stream left join crisis.mt_streams s on s.id = c.stream
             order by c.stream
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<string, Audience> streams = new(StringComparer.Ordinal);
        var (looked, last) = (0, "");
        while (await reader.ReadAsync(cancellation))
        {
            (looked, last) = (looked + 1, reader.GetString(0));
            if (!reader.IsDBNull(1) && (Audience)reader.GetInt32(1) is <= Audience.CrossFunctional and var audience && reader.GetBoolean(2))
            {
                streams[last] = audience;
            }
        }

        return (streams, looked < Step ? null : last);
    }
}
