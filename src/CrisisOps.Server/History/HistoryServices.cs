using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>The parts that make the history provable.</summary>
public static class HistoryServices
{
    public static void AddHistory(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = HistorySettings.Read(configuration.GetSection("History"));
        services.AddSingleton(settings);
        services.AddSingleton<HistoryKey>();
        services.AddSingleton<UnchainedEvents>();
        services.AddSingleton<Chain>();
        services.AddSingleton<TipBuckets>().AddSingleton<Heads>();
        services.AddSingleton<HistoryNodes>();
        services.AddSingleton<HistoryProofs>();
        foreach (var anchor in settings.Anchors)
        {
            services.AddSingleton<IAnchor>(provider => anchor.File is { Length: > 0 } file
                ? new FileAnchor(file)
                : new WebhookAnchor(anchor, provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IConfiguration>()));
        }

        services.AddSingleton<Anchoring>();
        services.AddHostedService(provider => provider.GetRequiredService<Anchoring>());
        services.AddHostedService<Chainer>();
        services.AddSingleton<ExportedStreams>();
        services.AddSingleton<ExportedEvents>();
        services.AddSingleton<BundleExport>();
        services.AddSingleton<BundleAnswer>();
    }
}
