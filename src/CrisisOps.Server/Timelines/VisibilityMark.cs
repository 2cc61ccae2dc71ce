using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Timelines;

/// <summary>
/// Names the state of visibility in which a reader reads a timeline: as long as it is the same, no right of this reader has changed there and
/// nothing that they see was corrected or redacted, so the same replay gives the same bytes.
/// </summary>
public sealed class VisibilityMark(NpgsqlDataSource database, StreamKinds kinds)
{
    public async Task<string> Of(string timeline, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", SightRows.All, caller, arguments);
        var key = arguments.Add(timeline);
        var streams = kinds.Of(timeline).Gathers ? $"crisis.streams_on({key})" : $"(select {key}::text)";
        await using var command = database.Statement(
            $"""
            select left(encode(sha256(convert_to(coalesce(string_agg(
                       concat_ws(' ', e.key, e.tlp, {sight.Audience}, {sight.Limit}, {sight.Named}, {sight.Open},
                                 (select max(t.amended_by) from crisis.timeline t where t.stream = e.key and t.amended_at is not null)),
                       ';' order by e.key), ''), 'UTF8')), 'hex'), 32)
              from {streams} s (stream) join crisis.sights e on e.key = s.stream
             where {sight.Visible}
            """,
            arguments.Values);
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
