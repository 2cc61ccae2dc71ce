using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>
/// A threat to life that belongs to a crisis is told to law enforcement once, by its command: the board counts the clocks of the cases as
/// met then (domain §3, P13). The cases themselves record nothing.
/// </summary>
public sealed class MeetReferralClocksHandler
{
    private const string Met = """
        update crisis.clocks set result = $3, met_at = $4 where stream = $1 and clock_id = $2
        """;

    public static Task Handle(Happened<CrisisLawEnforcementReferred, MeetReferralClocksHandler> referred, StreamLoader loader, NpgsqlDataSource database, CancellationToken cancellation) =>
        Meet(referred.Stream, loader, database, cancellation);

    public static Task Handle(Happened<EscalationLinkedToCrisis, MeetReferralClocksHandler> linked, StreamLoader loader, NpgsqlDataSource database, CancellationToken cancellation) =>
        Meet(linked.Event.CrisisKey, loader, database, cancellation);

    /// <summary>The rows of the clocks of a case that the referral of its crisis has met.</summary>
    public static void Add(NpgsqlBatch statements, Escalation state, Crisis crisis)
    {
        foreach (var clock in state.CrisisKey == crisis.Key ? state.WithReferralOf(crisis).Clocks.Except(state.Clocks) : [])
        {
            statements.Append(Met, state.Key, clock.ClockId, clock.Result.ToString(), clock.MetAt);
        }
    }

    private static async Task Meet(string key, StreamLoader loader, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var crisis = (Crisis)(await loader.Load([key], cancellation))[key].State;
        if (crisis.Referrals.IsEmpty)
        {
            return;
        }

        await using var batch = database.CreateBatch();
        foreach (var held in (await loader.Load([.. crisis.Escalations.Select(e => e.Key)], cancellation)).Values)
        {
            Add(batch, (Escalation)held.State, crisis);
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }
    }
}
