using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>Plans a time in which what the source sends is kept but raises nothing; when it is over, what still stands is looked at.</summary>
/// <param name="From">When it begins, for the first time; at most a year ahead.</param>
/// <param name="Length">One minute to 7 days; at most a day when it recurs.</param>
/// <param name="Days">On which days of the week it comes again; absent for a single one.</param>
/// <param name="Zone">IANA id, such as <c>Europe/Vienna</c>: with days, the zone whose clock shows the hour.</param>
/// <param name="Until">With days: no more occurrence begins after it.</param>
public sealed record PlanMaintenance(
    DateTimeOffset From, TimeSpan Length, string Reason, IReadOnlyList<DayOfWeek>? Days = null, string? Zone = null, DateTimeOffset? Until = null)
    : Command, IAlertSourceCommand<PlanMaintenance>
{
    private const int Most = 20;

    private static readonly TimeSpan _shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longest = TimeSpan.FromDays(7);
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);
    private static readonly TimeSpan _furthest = TimeSpan.FromDays(366);

    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.WhileOpen("plan-maintenance");

    public static Ruling Decide(PlanMaintenance command, AlertSource state, DecisionContext context)
    {
        ImmutableList<DayOfWeek> days = [.. (command.Days ?? []).Distinct().Order()];
        if (Shape(command, days, context.Now) is { } refused)
        {
            return refused;
        }

        if (state.Maintenance.Count(w => w.Next is not null) >= Most)
        {
            return Ruling.Refuse("maintenance-limit", $"A source has {Most} windows ahead at most; cancel one that is not needed.", "cancel-maintenance");
        }

        var window = new MaintenanceWindow(
            FormattableString.Invariant($"MW-{state.Maintenance.Count + 1}"), command.From.ToUniversalTime(), command.Length, command.Reason, days, command.Zone, command.Until?.ToUniversalTime());
        return window.Next is null
            ? Ruling.Refuse("maintenance-ahead", "Until the given instant it would begin on none of these days.")
            : Ruling.Accept(new MaintenancePlanned(window.WindowId, window.From, window.Length, window.Reason, days, window.Zone, window.Until));
    }

    public static IEnumerable<PlanMaintenance> Samples(AlertSource state, DecisionContext context) =>
    [
        new(context.Now.AddDays(1), TimeSpan.FromHours(2), "They move their servers."),
        new(context.Now.AddDays(1), TimeSpan.FromHours(1), "Their nightly rebuild.", [DayOfWeek.Saturday, DayOfWeek.Sunday], "Europe/Vienna"),
    ];

    private static Ruling? Shape(PlanMaintenance command, ImmutableList<DayOfWeek> days, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(command.Reason))
        {
            return Ruling.Refuse("reason-given", "Say in reason what is done in that time.");
        }

        if (command.Length < _shortest || command.Length > (days.IsEmpty ? _longest : _day))
        {
            return Ruling.Refuse("maintenance-length", "length is one minute to 7 days, for example PT2H; at most a day when it recurs.");
        }

        if (command.From + command.Length <= now || command.From - now > _furthest)
        {
            return Ruling.Refuse("maintenance-ahead", $"It ends ahead of now, and begins at most {_furthest.TotalDays:0} days from now.");
        }

        if (days.IsEmpty)
        {
            return command.Zone is null && command.Until is null ? null : Ruling.Refuse("maintenance-days", "zone and until belong to what recurs; say in days when it does.");
        }

        return LocalTime.Zone(command.Zone) is null ? Ruling.Refuse("zone-known", "zone is the IANA id of a time zone, such as Europe/Vienna; a recurring window keeps the hour of its clock.") : null;
    }
}

/// <summary>The members are those of <see cref="MaintenanceWindow"/>.</summary>
public sealed record MaintenancePlanned(
    string WindowId, DateTimeOffset From, TimeSpan Length, string Reason, IReadOnlyList<DayOfWeek> Days, string? Zone, DateTimeOffset? Until) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) => state with { Maintenance = state.Maintenance.Add(new MaintenanceWindow(WindowId, From, Length, Reason, [.. Days], Zone, Until)) };

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp)
    {
        var again = Days.Count == 0 ? "" : $", again each {string.Join(", ", Days)} ({Zone})";
        return new Entry(EntryKind.Note, FormattableString.Invariant($"Maintenance {WindowId} planned: {From:yyyy-MM-dd HH:mm}Z to {From + Length:yyyy-MM-dd HH:mm}Z{again}"), Reason).ToCrossFunctional();
    }
}
