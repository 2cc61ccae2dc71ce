using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>Statements with positional parameters, without the ceremony.</summary>
public static class Statements
{
    public static void Append(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object?> parameters)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        Fill(command.Parameters, parameters);
        batch.BatchCommands.Add(command);
    }

    public static NpgsqlCommand Statement(this NpgsqlDataSource database, string sql, params ReadOnlySpan<object?> parameters)
    {
        var command = database.CreateCommand(sql);
        Fill(command.Parameters, parameters);
        return command;
    }

    private static void Fill(NpgsqlParameterCollection collection, ReadOnlySpan<object?> parameters)
    {
        foreach (var value in parameters)
        {
            collection.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }
    }
}
