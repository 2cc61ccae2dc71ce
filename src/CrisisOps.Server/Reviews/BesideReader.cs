using System.Globalization;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Reviews.Facts;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Reviews;

/// <summary>Reads what facts need and no event holds: deliveries, of those that the reader may see, and acknowledgements that somebody else keeps.</summary>
public sealed class BesideReader(NpgsqlDataSource database, FactStore facts)
{
    /// <param name="crisis">As of the instant.</param>
    /// <param name="made">The audience for which the reader makes something; null for themselves.</param>
    public async Task<Beside> Read(
        Crisis crisis, Audience audience, IReadOnlyCollection<string> streams, DateTimeOffset asOf, Caller caller, Audience? made, CancellationToken cancellation) =>
        new(audience <= Audience.CrossFunctional ? await Deliveries(streams, asOf, caller, made, cancellation) : null, await Acks(crisis, cancellation), asOf);

    private async Task<List<DeliveryRow>> Deliveries(IReadOnlyCollection<string> streams, DateTimeOffset asOf, Caller caller, Audience? made, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var (from, seen) = ListDeliveries.Seen(caller, arguments, made);
        await using var command = database.Statement(
            $"""
            select d.id, d.incident, d.recipient, d.channel, d.state, d.created_at, d.due_by,
                   (select min(a.at) from crisis.delivery_attempts a where a.delivery = d.id and a.result = 'Delivered'), d.settled_at, d.acknowledged_at, d.covers
              from {from} where {seen} and d.incident = any ({arguments.Add(streams.ToArray())}) and d.created_at <= {arguments.Add(asOf)}
             order by d.position
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<DeliveryRow> rows = [];
        while (await reader.ReadAsync(cancellation))
        {
            DateTimeOffset? At(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
            rows.Add(new DeliveryRow(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5), At(6), At(7), At(8), At(9),
                await reader.IsDBNullAsync(10, cancellation) ? [] : reader.GetFieldValue<string[]>(10)));
        }

        return rows;
    }

    private async Task<IReadOnlyList<AckRow>> Acks(Crisis crisis, CancellationToken cancellation)
    {
        (PartnerAlert Alert, string Partner, string Id)[] asked =
            [.. from alert in crisis.Alerts from partner in alert.Recipients select (alert, partner, CrisisDeadlines.AckRef(alert.AlertId, partner))];
        var known = await facts.Find([.. asked.Select(a => (MarkPartnerAckOverdue.AckFact, a.Id))], cancellation);
        return
        [
            .. from ask in asked
               where known.ContainsKey($"{MarkPartnerAckOverdue.AckFact}/{ask.Id}")
               let at = Instant(known[$"{MarkPartnerAckOverdue.AckFact}/{ask.Id}"])
               where at is not null
               select new AckRow(ask.Alert.AlertId, ask.Partner, at.Value),
        ];
    }

    /// <summary>A fact is a text of whoever put it; only an instant says when.</summary>
    private static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.ToUniversalTime() : null;
}
