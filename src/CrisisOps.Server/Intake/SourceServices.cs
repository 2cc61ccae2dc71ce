namespace CrisisOps.Server.Intake;

/// <summary>The parts that know who may send.</summary>
public static class SourceServices
{
    public static void AddSources(this IServiceCollection services)
    {
        services.AddSingleton<SourceBook>();
        services.AddSingleton<KeyHandout>();
        services.AddSingleton<SigningSecrets>();
        services.AddSingleton<SourceUses>();
        services.AddHostedService(provider => provider.GetRequiredService<SourceUses>());
    }
}
