using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deliveries;
using Npgsql;

namespace CrisisOps.Server.Exports;

/// <summary>Who was told of an incident, as the list of deliveries shows it, the newest first, page after page.</summary>
public sealed class ExportDeliveries(NpgsqlDataSource database)
{
    private const int PageSize = 500;

    internal async Task Write(IExportPage page, string[] incidents, ExportReading reading, HttpResponse response, CancellationToken cancellation)
    {
        if (reading.Audience > Audience.CrossFunctional)
        {
            page.Text("Who was told is not shown to this audience.");
            return;
        }

        var (before, last) = (long.MaxValue, PageSize);
        page.BeginTable(["When", "Recipient", "Of", "Through", "What", "State", "Acknowledged"]);
        while (last == PageSize)
        {
            var rows = await ListDeliveries.Of(database, incidents, reading.AsOf, before, PageSize, reading.Caller, reading.Audience, cancellation);
            await ReadLog.Opened(response.HttpContext, [.. rows.Where(r => r.View.Tlp == TlpNames.Of(Tlp.RED)).Select(r => new RedItem(r.View.Incident, null)).Distinct()]);
            foreach (var (position, delivery) in rows)
            {
                before = position;
                page.Row(Row(delivery, reading));
            }

            last = rows.Count;
            await PeopleExport.Flush(page, response, cancellation);
        }

        page.EndTable();
    }

    private static string[] Row(DeliveryView delivery, ExportReading reading) =>
    [
        reading.Times.At(delivery.CreatedAt), delivery.Recipient, delivery.About, delivery.Channel, $"{delivery.Kind}\n{reading.Say(delivery.Subject)}",
        $"{delivery.State} {reading.Times.At(delivery.SettledAt)}{(delivery.Reason is { } why ? $"\n{why}" : "")}".Trim(),
        delivery.AcknowledgedAt is { } at ? $"{reading.Times.At(at)}\n{delivery.AcknowledgedBy}" : "",
    ];
}
