using System.Globalization;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Timelines;

/// <summary>Streams of a gathered timeline that a live reader saw and sees no more there: taken out of it, or out of the reader's sight.</summary>
public sealed class HiddenStreams(NpgsqlDataSource database)
{
    public static readonly Hidden None = new([], 0, false);

    /// <summary>What was hidden by transactions from the given one on, and up to which that is known.</summary>
    /// <param name="xid">0 for a reader that has seen nothing yet, from whom nothing is hidden.</param>
    public async Task<Hidden> Since(string timeline, ulong xid, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var (key, from) = (arguments.Add(timeline), TimelineSql.Xid(xid, arguments));
        var sight = Sight.Sql("e", SightRows.All, caller, arguments);
        var before = Sight.Sql("s", SightRows.Before, caller, arguments);
        // A case that was closed to the reader may have been taken out afterwards, so that is told to those who may see it.
        await using var command = database.Statement(
            $"""
            with h as materialized (select crisis.horizon({from}) as xid)
            select h.xid::text, exists (select 1 from crisis.places p where p.timeline = {key} and p.xid >= h.xid),
                   array(select u.stream from crisis.unlinks u join crisis.sights e on e.key = u.stream
                          where u.timeline = {key} and u.xid >= {from} and u.xid < h.xid and {sight.Visible}
                            and not exists (select 1 from crisis.places p where p.timeline = {key} and p.stream = u.stream)
                          union
                         select s.stream from crisis.sight_changes s join crisis.sights e on e.key = s.stream
                          where s.xid >= {from} and s.xid < h.xid and {before.Visible} and not coalesce({sight.Visible}, false)
                            and exists (select 1 from crisis.places p where p.timeline = {key} and p.stream = s.stream))
              from h
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var horizon = ulong.Parse(reader.GetString(0), CultureInfo.InvariantCulture);
        return new Hidden(xid == 0 ? [] : reader.GetFieldValue<string[]>(2), horizon, reader.GetBoolean(1));
    }

    /// <param name="Horizon">The next question starts from here.</param>
    /// <param name="Pending">Something was written that is not final yet.</param>
    public sealed record Hidden(IReadOnlyList<string> Streams, ulong Horizon, bool Pending);
}
