using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Deliveries;

/// <summary>The parts that tell people outside.</summary>
public static class DeliveryServices
{
    public static void AddDeliveries(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(StrictSettings.Read<DeliverySettings>(configuration.GetSection("Deliveries")));
        services.AddSingleton<SecretKey>();
        services.AddSingleton<SignedLinks>();
        services.AddSingleton<EgressGuard>();
        services.AddSingleton<EgressClient>();
        services.AddSingleton<PartnerDirectory>();
        services.AddSingleton<DeliveryRows>();
        services.AddSingleton<DeliveryLeases>();
        services.AddSingleton<DeliveryTargets>();
        services.AddSingleton<DeliveryRecorder>();
        services.AddSingleton<Acknowledgements>();
        services.AddSingleton<ReplyCodes>();
        services.AddSingleton<WrongCodes>();
        services.AddSingleton<AlertMessages>();
        services.AddSingleton<EndpointMessages>();
        services.AddSingleton<AlertCap>();
        services.AddSingleton<CapInbox>();
        services.AddSingleton<AlertPlan>();
        services.AddSingleton<AlertTelling>();
        Add<IChannel>(services);
        Add<IRecipients>(services);
        services.AddSingleton<DeliverySending>();
        services.AddHostedService(provider => provider.GetRequiredService<DeliverySending>());
        services.AddHostedService<UndeliveredAlerts>();
        services.AddSingleton<Delays>();
        services.AddHostedService<DelayWatcher>();
    }

    /// <summary>Every class of it in this assembly, each once.</summary>
    private static void Add<T>(IServiceCollection services)
        where T : class
    {
        foreach (var type in typeof(T).Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsInterface: false } && t.IsAssignableTo(typeof(T))))
        {
            services.AddSingleton(type);
            services.AddSingleton(provider => (T)provider.GetRequiredService(type));
        }
    }
}
