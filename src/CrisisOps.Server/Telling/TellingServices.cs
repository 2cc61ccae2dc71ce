using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Telling;

/// <summary>The parts that decide who is told what.</summary>
public static class TellingServices
{
    public static void AddTelling(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(StrictSettings.Read<TellingSettings>(configuration.GetSection("Telling")));
        services.AddSingleton<SubscriptionBook>();
        services.AddSingleton<Templates>();
        services.AddSingleton<NewsMessages>();
        services.AddSingleton<NewsCandidates>();
        services.AddSingleton<ToldBefore>();
        services.AddSingleton<NewsPlan>();
        services.AddSingleton<NewsTelling>();
        services.AddSingleton<RequesterPlan>();
        services.AddSingleton<RequesterTelling>();
        services.AddSingleton<DryRunTelling>();
        services.AddSingleton<DigestRows>();
        services.AddSingleton<DigestPlan>();
        services.AddHostedService<DigestSending>();
        services.AddHostedService<NextChannel>();
    }
}
