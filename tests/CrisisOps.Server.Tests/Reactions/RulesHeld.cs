using CrisisOps.Server.Tests.Harness;
using Npgsql;

namespace CrisisOps.Server.Tests.Reactions;

/// <summary>Somebody else has the turn to hear, as another node would; nodes of the test hear nothing until this goes.</summary>
public sealed class RulesHeld(NpgsqlConnection connection) : IAsyncDisposable
{
    /// <summary>Waits until the turn is free.</summary>
    public static async Task<RulesHeld> On(TestDatabase database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var take = new NpgsqlCommand("select pg_advisory_lock(4712)", connection);
        await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new RulesHeld(connection);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
