using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Timelines;

/// <summary>
/// Names the state of visibility in which a reader reads a timeline: as long as it is the same, no right of this reader has changed there and
/// nothing that they see was corrected, redacted or erased, so the same replay gives the same bytes. What they do not see leaves it as it is: it would
/// tell them that there is something. Events are named by their ids, which nobody can guess.
/// </summary>
public sealed class VisibilityMark(NpgsqlDataSource database, StreamKinds kinds)
{
    public async Task<string> Of(string timeline, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", SightRows.All, caller, arguments);
        var key = arguments.Add(timeline);
        // A correction counts for those who had read what it corrects.
        var read = $"t.stream = e.key and {TimelineSql.Readable}";
        var streams = kinds.Of(timeline).Gathers ? $"crisis.streams_on({key})" : $"(select {key}::text)";
        await using var command = database.Statement(
            $"""
            select left(encode(sha256(convert_to(coalesce(string_agg(
                       concat_ws(' ', e.key, e.tlp, r.audience, r.top, r.named, r.open,
                                 (select n.id from crisis.timeline t join crisis.timeline c on c.stream = t.stream and c.version = t.amended_by
                                    join crisis.mt_events n on n.stream_id = c.stream and n.version = c.version
                                   where t.amended_at is not null and {read} and (r.audience = {(int)Audience.Core} or (c.hides >> r.audience) & 1 = 1) order by c.version desc limit 1),
                                 (select count(*) from crisis.history_erased x join crisis.timeline t on t.stream = x.stream and t.version = x.version where {read} and {TimelineSql.Text} is not null)),
                       ';' order by e.key), ''), 'UTF8')), 'hex'), 32)
              from {streams} s (stream) join crisis.sights e on e.key = s.stream
             cross join lateral (select {TimelineSql.Reader(sight)} offset 0) r
             where {sight.Visible}
            """,
            arguments.Values);
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
