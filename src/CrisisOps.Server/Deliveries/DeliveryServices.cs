namespace CrisisOps.Server.Deliveries;

/// <summary>The parts that tell people outside.</summary>
public static class DeliveryServices
{
    public static void AddDeliveries(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Deliveries").Get<DeliverySettings>(o => o.ErrorOnUnknownConfiguration = true) ?? new DeliverySettings());
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
        services.AddSingleton<AlertMessages>();
        services.AddSingleton<AlertCap>();
        services.AddSingleton<AlertPlan>();
        foreach (var channel in typeof(IChannel).Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsInterface: false } && t.IsAssignableTo(typeof(IChannel))))
        {
            services.AddSingleton(typeof(IChannel), channel);
        }

        services.AddSingleton<DeliverySending>();
        services.AddHostedService(provider => provider.GetRequiredService<DeliverySending>());
    }
}
