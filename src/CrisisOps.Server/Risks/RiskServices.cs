namespace CrisisOps.Server.Risks;

/// <summary>The parts that look for surges.</summary>
public static class RiskServices
{
    public static void AddRisks(this IServiceCollection services)
    {
        services.AddSingleton<SurgeVolume>();
        services.AddSingleton<SurgeWatch>();
        services.AddHostedService<SurgeWatcher>();
    }
}
