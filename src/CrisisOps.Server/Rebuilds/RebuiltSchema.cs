using System.Text.RegularExpressions;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Rebuilds;

/// <summary>The schema beside the live one in which everything is built anew, with the same tables, functions and indexes.</summary>
internal static partial class RebuiltSchema
{
    public const string Name = "rebuilt";

    /// <summary>A statement of ours, turned to the schema beside.</summary>
    public static string Beside(string sql) => Live().Replace(sql, $"{Name}.");

    /// <summary>Makes it, empty. What an earlier rebuild left goes.</summary>
    public static async Task Create(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await Drop(database, cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"""
            create schema {Name};
            -- With an offset nothing can be written through them: a rebuild only reads the events.
            create view {Name}.mt_events as select * from crisis.mt_events offset 0;
            create view {Name}.mt_streams as select * from crisis.mt_streams offset 0;
            {Beside(await Storage.Schema(cancellation))};
            -- Streams are built one after the other, and not in the order in which one let go of what another took.
            drop index {Name}.claims_alone;
            -- How far each stream was built.
            create table {Name}.built (stream text primary key, version bigint not null);
            """,
            connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task Drop(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.Statement($"drop schema if exists {Name} cascade");
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [GeneratedRegex(@"\bcrisis\.")]
    private static partial Regex Live();
}
