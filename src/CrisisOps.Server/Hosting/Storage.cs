using System.Security.Cryptography;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using JasperFx.Events;
using Marten;
using Npgsql;
using Weasel.Core;

namespace CrisisOps.Server.Hosting;

/// <summary>The store: Marten's event tables and ours, in one schema of one PostgreSQL.</summary>
public static class Storage
{
    /// <summary>Registers the data source and Marten on it.</summary>
    public static void AddCrisisOpsStorage(this WebApplicationBuilder builder, string connectionString, IReadOnlyCollection<StreamKind> kinds)
    {
        builder.Services.AddSingleton(_ => OpenDataSource(connectionString));
        builder.Services.AddMarten(options =>
        {
            options.DatabaseSchemaName = "crisis";
            options.Events.StreamIdentity = StreamIdentity.AsString;
            options.Events.MetadataConfig.EnableAll();
            options.Events.MetadataConfig.UserNameEnabled = true;
            options.UseSystemTextJsonForSerialization(Json.Conventions(new() { DefaultIgnoreCondition = global::System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull }), EnumStorage.AsString, Casing.CamelCase);
            options.Events.AddEventTypes(EventTypes.Discover(kinds));
            foreach (var kind in kinds)
            {
                ((IFoldProjection)Activator.CreateInstance(typeof(FoldProjection<>).MakeGenericType(kind.StateType), kind)!).Register(options);
            }
        }).UseLightweightSessions().UseNpgsqlDataSource();
    }

    /// <summary>Brings the schema up to date and loads what the server keeps in it. Before the first request.</summary>
    /// <returns>Why the server can not run on this store, in one line for a person; null when it can.</returns>
    public static async Task<string?> Prepare(IServiceProvider services, bool development, CancellationToken cancellation)
    {
        await services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        var database = services.GetRequiredService<NpgsqlDataSource>();
        await ApplySchema(database, cancellation);
        await services.GetRequiredService<Timelines.StoreEpoch>().Load(database, cancellation);
        await services.GetRequiredService<Deliveries.SecretKey>().Load(cancellation);
        var clock = services.GetRequiredService<StoreClock>();
        await clock.Load(database, cancellation);
        await services.GetRequiredService<History.HistoryKey>().Load(development, cancellation);
        if (development)
        {
            services.GetRequiredService<DevelopmentKey>().Use(await DevelopmentKeyOf(database, cancellation));
            return null;
        }

        return clock.Offset > TimeSpan.Zero ? "This store has a shifted clock (a scenario was played into it); it can only be opened in Development." : null;
    }

    private static NpgsqlDataSource OpenDataSource(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = 40,
            // A batch of a lane goes out in one piece: in pieces, PostgreSQL's process falls asleep and wakes between them.
            WriteBufferSize = 64 * 1024,
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 3,
            ApplicationName = "crisisops",
            // Failing SQL is logged without its parameters: payloads stay out of logs.
            IncludeErrorDetail = false,
            Timezone = "UTC",
            // No session is given a state that the next user of its connection could see; a reset would cost every commit some 15 µs.
            NoResetOnClose = true,
            // Queries here are long and touch few rows: planning one costs more than running it, so each is planned once. It must be
            // planned for the store it will meet: by key and index, also if it was planned while the tables still fitted on a page. Compiling
            // one takes a quarter of a second, in each session anew, and a parallel worker five milliseconds to start.
            Options = "-c plan_cache_mode=force_generic_plan -c jit=off -c max_parallel_workers_per_gather=0 -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off",
        };
        // A socket of the same machine has nothing in between, and refuses to be asked.
        if (settings.Host is not ['/', ..])
        {
            // Connections that are kept (those of lanes, the one that hears what happened) may rest all night: what stands between drops those that
            // are silent, and whoever posts first in the morning would wait for nobody.
            settings.TcpKeepAlive = true;
            settings.TcpKeepAliveTime = 60;
            settings.TcpKeepAliveInterval = 10;
        }

        return new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "crisisops" }.Build();
    }

    /// <summary>Everything of ours beside Marten's tables; every statement is repeatable.</summary>
    public static async Task<string> Schema(CancellationToken cancellation)
    {
        using var stream = typeof(Storage).Assembly.GetManifestResourceStream("CrisisOps.Server.Hosting.Schema.sql")!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellation);
    }

    private static async Task ApplySchema(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var sql = await Schema(cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Two nodes that start at once must not create the same table twice.
        await using (var turn = new NpgsqlCommand("select pg_advisory_xact_lock(4711)", connection, transaction) { CommandTimeout = 0 })
        {
            await turn.ExecuteNonQueryAsync(cancellation);
        }

        // What a new version moves in a large store takes its time.
        await using (var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 0 })
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private static async Task<byte[]> DevelopmentKeyOf(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            insert into crisis.settings as s (name, value) values ('development-key', $1)
            on conflict (name) do update set value = s.value returning value
            """,
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return Convert.FromBase64String((string)(await command.ExecuteScalarAsync(cancellation))!);
    }
}
