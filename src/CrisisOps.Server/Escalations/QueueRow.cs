using System.Globalization;
using System.Text;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>A case as the queue shows it. Instants are microseconds since 1970, as <c>crisis.queue_face</c> writes them.</summary>
/// <param name="Part">See <see cref="QueuePlace"/>.</param>
/// <param name="Share">See <see cref="QueuePlace"/>.</param>
/// <param name="Span">Of the pressing clock, seconds; 0 when none runs.</param>
/// <param name="LegalDue">0 when no legal clock runs.</param>
/// <param name="Face">The text of <c>crisis.queue_face</c>.</param>
internal readonly record struct QueueRow(int Part, double Share, long Span, long Due, long LegalDue, long RaisedAt, byte[] Face)
{
    private const int Severities = 4;

    public string Key => Word(3);

    /// <summary>Whether it stands before the parts that <c>queue_places</c> keeps.</summary>
    private bool Near => Part % (2 * Severities) < Severities;

    /// <summary>Reads the near legal deadlines and the rows of the first part beside them, both in order; and which part that is, if any.</summary>
    public static async Task<(List<QueueRow> Near, List<QueueRow> Rows, int? Part)> ReadAll(NpgsqlCommand command, long now, CancellationToken cancellation)
    {
        List<QueueRow> near = [], rows = [];
        int? part = null;
        var sorted = true;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            int at = reader.GetInt16(0);
            // A span whose rows are all out of sight comes as one row without a face.
            var row = reader.IsDBNull(2) ? default(QueueRow?) : Read(at, reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), now);
            if (row is { Near: true } legal)
            {
                near.Add(legal);
                continue;
            }

            part = at;
            if (row is { } next)
            {
                sorted = sorted && (rows.Count == 0 || Compare(rows[^1], next) < 0);
                rows.Add(next);
            }
        }

        return (near, sorted ? rows : Merged(rows), part);
    }

    /// <summary>Adds the card, with the reason why it stands here.</summary>
    public void AddTo(JsonPage page, DateTimeOffset now)
    {
        var line = Face.AsSpan().IndexOf((byte)'\n');
        var clock = Face.AsSpan(0, line);
        clock = clock[(clock.LastIndexOf((byte)' ') + 1)..];
        Span<byte> why = stackalloc byte[256];
        page.Add(Face.AsSpan(line + 1), "why"u8, why[..QueueReason.Write(why, this, clock, Micros(now), (Severity)((Part % Severities) + 1), live: Part < 2 * Severities)]);
    }

    public static long Micros(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static QueueRow Read(int part, long span, byte[] face, long now)
    {
        var at = 0;
        var (due, legal, raised) = (Number(face, ref at), Number(face, ref at), Number(face, ref at));
        return new QueueRow(part, span == 0 ? 1e9 : (double)(due - now) / span, span, due, legal, raised, face);
    }

    private static long Number(ReadOnlySpan<byte> face, ref int at)
    {
        var text = face[at..(at + face[at..].IndexOf((byte)' '))];
        at += text.Length + 1;
        return long.Parse(text, CultureInfo.InvariantCulture);
    }

    private string Word(int number)
    {
        var rest = Face.AsSpan();
        for (; number > 0; number--)
        {
            rest = rest[(rest.IndexOf((byte)' ') + 1)..];
        }

        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)' ')]);
    }

    /// <summary>Each span and scope comes in order by itself; a case that is filed under two scopes is shown once.</summary>
    private static List<QueueRow> Merged(List<QueueRow> rows)
    {
        rows.Sort(Compare);
        return [.. rows.Where((row, number) => number == 0 || Compare(rows[number - 1], row) != 0)];
    }

    private static int Compare(QueueRow one, QueueRow other) =>
        one.Share != other.Share ? one.Share.CompareTo(other.Share)
        : one.RaisedAt != other.RaisedAt ? one.RaisedAt.CompareTo(other.RaisedAt)
        : string.CompareOrdinal(one.Key, other.Key);
}
