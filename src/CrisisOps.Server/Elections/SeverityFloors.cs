using CrisisOps.Domain.Elections;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Elections;

/// <summary>The least severity that the elections of a region set, as the fact that guards of escalations ask for.</summary>
public sealed class SeverityFloors(NpgsqlDataSource database)
{
    /// <summary>Writes the floor of a region anew from all of its open elections: two can vote there at once.</summary>
    public async Task Keep(string region, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.Append("delete from crisis.facts where kind = $1 and id = $2", PhaseRules.FloorFact, region);
        // SEV1 sorts before SEV2: the strictest floor counts.
        batch.Append(
            """
            insert into crisis.facts (kind, id, value)
            select $1, $2, min(e.executive::json ->> 'severityFloor') from crisis.cards e
             where e.kind = 'EL' and e.open and not e.exercise and e.regions @> array[$2::text] having min(e.executive::json ->> 'severityFloor') is not null
            """,
            PhaseRules.FloorFact, region);
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
