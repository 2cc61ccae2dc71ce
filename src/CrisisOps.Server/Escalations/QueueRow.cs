using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>A case as the queue shows it.</summary>
/// <param name="Part">See <see cref="QueuePlace"/>.</param>
/// <param name="Card">Its JSON, as stored.</param>
internal sealed record QueueRow(int Part, double Share, DateTimeOffset RaisedAt, DateTimeOffset? LegalDue, DateTimeOffset Due, long Span, string Clock, byte[] Card)
{
    private const int Severities = 4;

    public string Key
    {
        get
        {
            using var json = JsonDocument.Parse(Card);
            return json.RootElement.GetProperty("key").GetString()!;
        }
    }

    /// <summary>Reads the rows of a result, whose first column is the part; gives the last part that was there, if any.</summary>
    /// <param name="near">The parts are already those of <see cref="QueuePlace"/>; otherwise those of <c>queue_places</c>.</param>
    public static async Task<int?> ReadAll(NpgsqlDataReader reader, bool near, List<QueueRow> rows, CancellationToken cancellation)
    {
        int? part = null;
        while (await reader.ReadAsync(cancellation))
        {
            part = reader.GetInt32(0);
            // A part whose rows are all out of sight comes as one row without a card.
            if (!reader.IsDBNull(1))
            {
                rows.Add(new QueueRow(
                    near ? part.Value : QueueQuery.Global(part.Value), reader.GetDouble(1), reader.GetFieldValue<DateTimeOffset>(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3),
                    reader.GetFieldValue<DateTimeOffset>(4), reader.GetInt64(5), reader.GetString(6), reader.GetFieldValue<byte[]>(7)));
            }
        }

        return part;
    }

    /// <summary>Adds the card, with the reason why it stands here.</summary>
    public void AddTo(JsonPage page, DateTimeOffset now) =>
        page.Add(Card, "why", QueueReason.Of((Severity)((Part % Severities) + 1), Part < 2 * Severities, LegalDue, Due, Span, Clock, RaisedAt, now));
}
