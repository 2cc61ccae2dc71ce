using System.Reflection;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Intake.Formats;
using CrisisOps.Server.Intake.Mail;

namespace CrisisOps.Server.Intake;

/// <summary>Where alerts come in: one path for each format.</summary>
public sealed class AlertRoutes : IRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var format in app.ServiceProvider.GetServices<IAlertFormat>())
        {
            app.MapPost(format.Path, (HttpContext http, AlertDoor door) => door.Take(format, http)).AllowAnonymous(); // with a key of its own, or a signature
        }
    }
}

/// <summary>The parts of the intake.</summary>
internal static class IntakeServices
{
    public static void AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = IntakeSettings.Read(configuration.GetSection("Intake"));
        services.AddSingleton(settings);
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IAlertFormat))))
        {
            services.AddSingleton(typeof(IAlertFormat), type);
        }

        services.AddSingleton<AlertStore>();
        services.AddSingleton<AlertRaising>();
        services.AddSingleton<RememberedHomes>();
        services.AddSingleton<AlertIntake>();
        services.AddSingleton<SourceTurns>();
        services.AddSingleton<SourceRates>();
        services.AddSingleton<SourceProof>();
        services.AddSingleton<AlertBodies>();
        services.AddSingleton<AlertAdmission>();
        services.AddSingleton<AlertDoor>();
        services.AddSingleton<IntakeRuleBook>();
        services.AddSingleton<FoldCounts>();
        services.AddSingleton<KeptBack>();
        services.AddSingleton<IntakeRuleTrial>();
        services.AddSingleton<FoldTally>();
        services.AddHostedService(provider => provider.GetRequiredService<FoldTally>());
        services.AddSingleton<VolumeRollUp>();
        services.AddHostedService(provider => provider.GetRequiredService<VolumeRollUp>());
        services.AddSingleton<MailSenders>();
        services.AddSingleton<MailThreads>();
        services.AddSingleton<MailTaking>();
        foreach (var mailbox in settings.Mailboxes)
        {
            services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<MailboxReader>(provider, mailbox));
        }
    }
}
