using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// A service-level clock ran out unmet. It is recorded once for each time the clock was aimed, after an outage too; a timer of an older
/// generation does nothing (domain §2.1, §9.2). The clock goes on being owed until it is met. Law enforcement may have been told by the
/// command of the crisis to which the case belongs: then nothing was missed, and nothing is recorded.
/// </summary>
public sealed record MarkSlaBreached(string ClockId, int Generation) : Command, IEscalationCommand<MarkSlaBreached>, INamesStreamsOf<Escalation>
{
    public static CommandRule<Escalation> Rule { get; } = new("mark-sla-breached", Givers.Timers, _ => true);

    public IEnumerable<string> Streams(Escalation state) =>
        state.CrisisKey is { } crisis && state.Clocks.Find(c => c.ClockId == ClockId) is { Kind: ClockKind.ThreatToLifeReferral } ? [crisis] : [];

    public static Ruling Decide(MarkSlaBreached command, Escalation state, DecisionContext context) => state.RanOut(command.ClockId, command.Generation, context.Now) switch
    {
        { Kind: ClockKind.ThreatToLifeReferral } clock when ReferralByCrisis.Of(state, clock, context.Streams.GetValueOrDefault(state.CrisisKey ?? "") as Crisis) is not null => Ruling.Accept(),
        { OfLaw: false, Kind: ClockKind.Update } clock => Ruling.Accept(new UpdateOverdue(clock.DueAt, context.Now)),
        { OfLaw: false } clock => Ruling.Accept(new SlaBreached(clock.ClockId, clock.Kind, clock.Target, clock.DueAt, context.Now)),
        _ => Ruling.Refuse("deadline-current", "This clock was met, stopped, paused or aimed anew, has been recorded as missed, or is not due."),
    };

    public static IEnumerable<MarkSlaBreached> Samples(Escalation state, DecisionContext context) => [];
}

/// <param name="TargetDuration">What was promised.</param>
/// <param name="DetectedAt">When the server saw it; later than <paramref name="DueAt"/> after an outage.</param>
public sealed record SlaBreached(string ClockId, ClockKind Kind, TimeSpan TargetDuration, DateTimeOffset DueAt, DateTimeOffset DetectedAt) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Clocks = state.Clocks.Breach(c => c.ClockId == ClockId, DueAt, DetectedAt) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        var entry = new Entry(EntryKind.Clock, $"{ClockId} was due {DueAt:yyyy-MM-dd HH:mm}Z and is not met ({TargetText.Of(TargetDuration)})");

        // Outside Core nothing is said of law enforcement, that it is owed neither (domain §4).
        return Kind == ClockKind.ThreatToLifeReferral ? entry : entry.ToCrossFunctional();
    }
}

/// <summary>Nobody was told anything for a whole period. Not recorded again before something is told (domain §9.2).</summary>
public sealed record UpdateOverdue(DateTimeOffset DueAt, DateTimeOffset DetectedAt) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Clocks = state.Clocks.Breach(c => c.Kind == ClockKind.Update, DueAt, DetectedAt) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"An update was due {DueAt:yyyy-MM-dd HH:mm}Z and nobody was told anything").ToCrossFunctional();
}

/// <summary>Clocks whose time has come.</summary>
internal static class RunOut
{
    /// <summary>The clock of this generation if it ran out and that was not recorded yet.</summary>
    public static Clock? RanOut(this Escalation state, string? clockId, int generation, DateTimeOffset now) =>
        state.Clocks.Find(c => c.ClockId == clockId) is { Running: true, PausedAt: null, BreachedAt: null } clock && clock.Generation == generation && clock.DueAt <= now
            ? clock
            : null;
}

/// <summary>A promised time in words: <c>4 h</c>, <c>15 min</c>.</summary>
internal static class TargetText
{
    public static string Of(TimeSpan time) => time.TotalMinutes % 60 == 0 ? $"{time.TotalHours:0} h" : $"{time.TotalMinutes:0} min";
}
