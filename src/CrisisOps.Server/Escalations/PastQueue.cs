using System.Globalization;
using System.Text;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>
/// The queue as it stood. Its order is that of then, so every case that may have waited then is looked at before the first is shown; of each
/// only its line is kept, and no more lines than a page shows. What has not moved since tells its line by its row.
/// </summary>
public sealed class PastQueue(NpgsqlDataSource database, PastStates pasts)
{
    /// <summary>Looked at in one go.</summary>
    private const int Step = 500;

    /// <param name="now">The instant as of which the clocks of the queue stand.</param>
    public async Task<JsonPage> Read(Caller caller, Past past, DateTimeOffset now, QueuePlace? after, string mark, int limit, CancellationToken cancellation)
    {
        List<QueueRow> rows = [];
        var from = "";
        while (true)
        {
            var (faces, moved, last) = await Candidates(caller, past, now, from, cancellation);
            var then = await pasts.Load(moved, past, cancellation);
            faces.AddRange(moved.Select(key => (Escalation)then[key].State).Where(state => state.Version > 0 && Queueing.Queued(state)).Select(Face));
            rows.AddRange(faces.Select(face => QueueRow.Of(face, now)).Where(row => after is null || row.IsAfter(after)));
            rows.Sort(QueueRow.InOrder);
            rows.RemoveRange(Math.Min(rows.Count, limit + 1), Math.Max(0, rows.Count - limit - 1));
            if (last is null)
            {
                return Page(rows, now, mark, limit);
            }

            from = last;
        }
    }

    private static JsonPage Page(List<QueueRow> rows, DateTimeOffset now, string mark, int limit)
    {
        var page = new JsonPage();
        foreach (var row in rows.Take(limit))
        {
            row.AddTo(page, now);
        }

        page.Next = rows.Count > limit ? QueueQuery.Cursor(mark, rows[limit - 1].Place(now)) : null;
        return page;
    }

    /// <summary>Cases that the caller may see now and that may have waited then, by key: the lines of those that have not moved since, the others, and where to go on.</summary>
    private async Task<(List<byte[]> Faces, List<string> Moved, string? Last)> Candidates(Caller caller, Past past, DateTimeOffset now, string from, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        var moved = $"s.timestamp > {arguments.Add(now)}";
        await using var command = database.Statement(
            $"""
            select e.key, case when not ({moved}) then crisis.queue_face(e) end
              from crisis.escalations e join crisis.mt_streams s on s.id = e.key
             where e.key > {arguments.Add(from)} and {sight.Visible} and {sight.Inside} and {past.Began("e.key", "e.raised_at", arguments)} and (e.queued or {moved})
             order by e.key limit {Step}
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<byte[]> faces = [];
        List<string> keys = [];
        string? last = null;
        while (await reader.ReadAsync(cancellation))
        {
            last = reader.GetString(0);
            if (reader.IsDBNull(1))
            {
                keys.Add(last);
            }
            else
            {
                faces.Add(reader.GetFieldValue<byte[]>(1));
            }
        }

        return (faces, keys, faces.Count + keys.Count < Step ? null : last);
    }

    /// <summary>As <c>crisis.queue_face</c> writes it.</summary>
    private static byte[] Face(Escalation state)
    {
        var (pressing, legal) = (Queueing.PressingClock(state), Queueing.LegalClock(state));
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{QueuePlace.PartOf(state)} {EscalationRows.Span(pressing)} {QueueRow.Micros(EscalationRows.Due(pressing))} {(legal is null ? 0 : QueueRow.Micros(legal.DueAt))} {QueueRow.Micros(state.RaisedAt)} {state.Key} {pressing?.ClockId}\n{EscalationCard.Write(state)}"));
    }
}
