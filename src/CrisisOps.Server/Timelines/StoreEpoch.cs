using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Timelines;

/// <summary>
/// Which cluster the positions of this store belong to. A logical restore keeps the transaction ids of another cluster: rows are
/// then renumbered as long past, and cursors of before are answered with 410.
/// </summary>
public sealed class StoreEpoch
{
    /// <summary>Changes with every restore into another cluster.</summary>
    public string Current { get; private set; } = "";

    /// <summary>Compares the store's own note with the cluster it runs in; renumbers if they differ.</summary>
    public async Task Load(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var cluster = database.Statement("select system_identifier::text || '-' || (select oid from pg_database where datname = current_database()) from pg_control_system()");
        Current = (string)(await cluster.ExecuteScalarAsync(cancellation))!;
        await using var noted = database.Statement(
            "insert into crisis.settings (name, value) values ('epoch', $1) on conflict (name) do update set value = crisis.settings.value returning value", Current);
        if ((string)(await noted.ExecuteScalarAsync(cancellation))! == Current)
        {
            return;
        }

        await using var batch = database.CreateBatch();
        // What the rules have not heard of yet stays unheard; what the search keeps is kept twice without harm.
        batch.Append("update crisis.timeline t set xid = case when t.xid >= s.position then '4' else '3' end::xid8 from crisis.subscriptions s where s.name = 'reactions'");
        batch.Append("update crisis.subscriptions set position = case name when 'reactions' then '4' else '3' end::xid8");
        batch.Append("update crisis.sight_changes set xid = '3'");
        batch.Append("update crisis.places set xid = '3'");
        batch.Append("update crisis.unlinks set xid = '3'");
        batch.Append("update crisis.settings set value = $1 where name = 'epoch'", Current);
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
