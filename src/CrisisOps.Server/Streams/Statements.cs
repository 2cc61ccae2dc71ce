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

    /// <summary>An array as PostgreSQL writes it in one text: arrays of different lengths can not be handed over as one array and unnested by rows.</summary>
    public static string ArrayText(IEnumerable<string> values) =>
        $"{{{string.Join(',', values.Select(v => $"\"{v.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""))}}}";

    private static void Fill(NpgsqlParameterCollection collection, ReadOnlySpan<object?> parameters)
    {
        foreach (var value in parameters)
        {
            collection.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }
    }
}
