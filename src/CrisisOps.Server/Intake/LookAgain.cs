using System.Text.Json;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>
/// When maintenance is over, what was kept back in it is looked at again: what its source has taken back meanwhile stays kept, the rest raises a
/// case or folds into one by the rules of now. While another window of the source goes on, they are kept back in that one.
/// </summary>
public sealed class LookAgainHandler
{
    public static async Task Handle(Happened<MaintenanceEnded, LookAgainHandler> ended, KeptBack kept, AlertIntake intake, CancellationToken cancellation)
    {
        while (await kept.Next(ended.Stream, ended.Event.WindowId, cancellation) is { Count: > 0 } alerts)
        {
            try
            {
                await intake.Take(alerts, ended.Event.WindowId, cancellation);
            }
            catch (AlertsBusyException)
            {
                throw new ReactionBusyException();
            }
        }

        await kept.Over(ended.Stream, ended.Event.WindowId, cancellation);
    }
}

/// <summary>Alerts that are kept back under maintenance.</summary>
public sealed class KeptBack(NpgsqlDataSource database, SourceBook sources, IntakeRuleBook rules, TimeProvider clock)
{
    private const int AtOnce = 500;

    // The last word of a source on what it calls by one name decides whether it is over.
    private const string Waiting = """
        select a.key_id, a.hash, a.received_at, a.body from crisis.alerts a
         where a.escalation is null and a.source = $1 and a.maintenance = $2 and a.action = 'Trigger'
           and not exists (select 1 from crisis.alerts r where r.source = a.source and r.dedup_key = a.dedup_key and r.exercise = a.exercise and r.action = 'Resolve' and r.received_at >= a.received_at)
         order by a.received_at, a.id limit $3
        """;

    public async Task<IReadOnlyList<ReceivedAlert>> Next(string source, string window, CancellationToken cancellation)
    {
        if (await sources.Find(source, cancellation) is not { Source: { } sender })
        {
            return [];
        }

        var book = await rules.Current(cancellation);
        await using var command = database.Statement(Waiting, source, window, AtOnce);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<ReceivedAlert> alerts = [];
        while (await reader.ReadAsync(cancellation))
        {
            var alert = JsonSerializer.Deserialize<IncomingAlert>(reader.GetString(3), Json.Stored)!;
            alerts.Add(new ReceivedAlert(
                sender, reader.IsDBNull(0) ? null : reader.GetString(0), alert, reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<DateTimeOffset>(2), book.Read(alert, sender)));
        }

        return alerts;
    }

    /// <summary>The others were taken back by their source meanwhile.</summary>
    public async Task Over(string source, string window, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            "update crisis.alerts set maintenance = null, placed_at = greatest(received_at, placed_at, $3) where escalation is null and source = $1 and maintenance = $2", source, window, clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
