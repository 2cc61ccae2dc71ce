using Npgsql;

namespace CrisisOps.Benchmarks;

/// <summary>
/// What every ratio is measured against: the least that a hand-written service can do for a post and still keep it.
/// One durable INSERT on the same path and body as the real command; no authentication, no validation, no idempotency.
/// </summary>
internal static class Yardstick
{
    private sealed record Note(string Text);

    public static async Task RunAsync(string connectionString, string url)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 32, MaxAutoPrepare = 10 });
        await using (var create = database.CreateCommand("create table if not exists note (id bigint generated always as identity primary key, stream text not null, body text not null)"))
            await create.ExecuteNonQueryAsync();

        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        app.MapPost("/v1/escalations/{key}/post-note", async (string key, Note note) =>
        {
            await using var insert = database.CreateCommand("insert into note (stream, body) values ($1, $2)");
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = note.Text });
            await insert.ExecuteNonQueryAsync();
            return TypedResults.Ok();
        });
        await app.RunAsync();
    }
}
