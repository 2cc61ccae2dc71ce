using CrisisOps.Server.Channels.Email;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Enforcement;
using CrisisOps.Server.History;
using CrisisOps.Server.Intake;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Telling;

namespace CrisisOps.Server.Hosting;

/// <summary>
/// Whether a server can run with what it was given, asked before anything is started: all that is wrong is said at once, and not one thing at each
/// start. Each section is read as the part that it is for reads it.
/// </summary>
public static class SettingFaults
{
    private static readonly Action<IConfiguration>[] _readings =
    [
        c => RuleSettings.Read(c.GetSection("Rules")),
        c => LaneSettings.Read(c.GetSection("Lanes")),
        c => EmailSettings.Read(c.GetSection("Email")),
        c => EnforcementSettings.Read(c.GetSection("Enforcement")),
        c => IntakeSettings.Read(c.GetSection("Intake")),
        c => StrictSettings.Read<DeliverySettings>(c.GetSection("Deliveries")),
        c => StrictSettings.Read<TellingSettings>(c.GetSection("Telling")),
        c => EgressGuard.Networks(c),
        c => AlertCap.SenderOf(c),
        c => SecretKey.Set(c),
    ];

    private static readonly string[] _times = ["Egress:Timeout", "Deadlines:Lease"];

    /// <summary>A line for each fault; it names the setting and never shows a secret.</summary>
    public static async Task<IReadOnlyList<string>> Of(IConfiguration configuration, bool development, CancellationToken cancellation)
    {
        List<string> faults = [.. _times.SelectMany(name => StrictSettings.Faults(configuration.GetSection(name), typeof(TimeSpan)))];
        foreach (var read in _readings)
        {
            try
            {
                read(configuration);
            }
            catch (InvalidOperationException wrong)
            {
                faults.Add(wrong.Message);
            }
        }

        try
        {
            using var key = await HistoryKey.Set(HistorySettings.Read(configuration.GetSection("History")), development, cancellation);
        }
        catch (InvalidOperationException wrong)
        {
            faults.Add(wrong.Message);
        }

        return faults;
    }
}
