using System.Globalization;
using System.Text;
using CrisisOps.Domain.Escalations;
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
    /// <summary>How much earlier the part is that a near legal deadline moves a case to.</summary>
    public const int Nearer = Severities;
    private const int Severities = 4;

    public string Key
    {
        get
        {
            var rest = Face.AsSpan(0, Face.AsSpan().IndexOf((byte)'\n'));
            rest = rest[..rest.LastIndexOf((byte)' ')];
            return Encoding.UTF8.GetString(rest[(rest.LastIndexOf((byte)' ') + 1)..]);
        }
    }

    /// <summary>Reads the near legal deadlines, in order, and the rows of the first part beside them, each span and scope in order by itself; and which part that is, if any.</summary>
    /// <param name="horizon">Until when a legal deadline is near.</param>
    public static async Task<(List<QueueRow> Near, List<QueueRow> Rows, int? Part)> ReadAll(NpgsqlCommand command, long now, long horizon, CancellationToken cancellation)
    {
        List<QueueRow> near = [], rows = [];
        int? part = null;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var face = reader.GetFieldValue<byte[]>(0);
            var at = 0;
            var own = (int)Number(face, ref at);
            // A span whose rows are all out of sight comes as one row with nothing but the part.
            if (at == face.Length)
            {
                part = own;
                continue;
            }

            var row = Read(own, face, at, now);
            if (row.Near(horizon))
            {
                near.Add(row with { Part = own - Nearer });
                continue;
            }

            part = own;
            rows.Add(row);
        }

        return (near, rows, part);
    }

    /// <summary>The row of a case wherever it stands.</summary>
    public static QueueRow Of(byte[] face, DateTimeOffset now)
    {
        var at = 0;
        var row = Read((int)Number(face, ref at), face, at, Micros(now));
        return row.Near(Micros(now + Queueing.LegalHorizon)) ? row with { Part = row.Part - Nearer } : row;
    }

    /// <summary>The order of the whole queue.</summary>
    public static int InOrder(QueueRow one, QueueRow other) => one.Part != other.Part ? one.Part.CompareTo(other.Part) : Compare(one, other);

    /// <summary>The same row at another instant, in microseconds since 1970.</summary>
    public QueueRow At(long now) => this with { Share = ShareOf(Span, Due, now) };

    public QueuePlace Place(DateTimeOffset now) => new(now, Part, Share, RaisedAt, Key);

    public bool IsAfter(QueuePlace place) => (Part, Share, RaisedAt).CompareTo((place.Part, place.Share, place.RaisedAt)) switch
    {
        0 => string.CompareOrdinal(Key, place.Key) > 0,
        var order => order > 0,
    };

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

    private bool Near(long horizon) => LegalDue != 0 && LegalDue <= horizon;

    private static QueueRow Read(int part, byte[] face, int at, long now)
    {
        var (span, due, legal, raised) = (Number(face, ref at), Number(face, ref at), Number(face, ref at), Number(face, ref at));
        return new QueueRow(part, ShareOf(span, due, now), span, due, legal, raised, face);
    }

    private static double ShareOf(long span, long due, long now) => span == 0 ? 1e9 : (double)(due - now) / span;

    private static long Number(ReadOnlySpan<byte> face, ref int at)
    {
        var text = face[at..(at + face[at..].IndexOf((byte)' '))];
        at += text.Length + 1;
        return long.Parse(text, CultureInfo.InvariantCulture);
    }

    private static int Compare(QueueRow one, QueueRow other) =>
        one.Share != other.Share ? one.Share.CompareTo(other.Share)
        : one.RaisedAt != other.RaisedAt ? one.RaisedAt.CompareTo(other.RaisedAt)
        : string.CompareOrdinal(one.Key, other.Key);
}
