using CrisisOps.Domain.Escalations;

namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>Which entry aimed a clock, which one met it, and each time that it ran out.</summary>
internal sealed class ClockLog(string stream)
{
    private readonly Dictionary<string, FactSource> _aimed = new(StringComparer.Ordinal), _ended = new(StringComparer.Ordinal);
    private readonly List<(Clock Clock, DateTimeOffset DueAt, DateTimeOffset DetectedAt, FactSource At)> _breaches = [];

    /// <summary>When the clock of a breach was met, by its place in the list; a clock that was aimed anew tells nothing of the breach before.</summary>
    private readonly Dictionary<int, (DateTimeOffset MetAt, FactSource At)> _met = [];

    public void Add(Escalation before, Escalation after, FactSource at)
    {
        if (ReferenceEquals(before.Clocks, after.Clocks))
        {
            return;
        }

        foreach (var clock in after.Clocks)
        {
            var old = before.Clocks.Find(c => c.ClockId == clock.ClockId);
            if (old == clock)
            {
                continue;
            }

            if (clock.Running && (old is null || !old.Running || old.DueAt != clock.DueAt))
            {
                _aimed[clock.ClockId] = at;
                _ended.Remove(clock.ClockId);
            }

            if (!clock.Running && old is null or { Running: true })
            {
                _ended[clock.ClockId] = at;
                Meet(clock, at);
            }

            if (clock.Breaches > (old?.Breaches ?? 0))
            {
                _breaches.Add((clock, clock.BreachedAt!.Value, clock.DetectedAt!.Value, at));
            }
        }
    }

    /// <param name="told">The case, with its referral as the command of its crisis made it.</param>
    public IEnumerable<ClockFact> Facts(Escalation told, CrisisAccount crisis) =>
        from clock in told.Clocks
        // What the command of the crisis met stands in its stream, whatever the case made of the clock afterwards.
        let ended = (clock is { Kind: ClockKind.ThreatToLifeReferral, MetAt: { } met } ? crisis.ReferralAt(met) : null) ?? _ended.GetValueOrDefault(clock.ClockId)
        let breached = _breaches.Where(b => b.Clock.ClockId == clock.ClockId).Select(b => b.At)
        select new ClockFact(
            stream, clock.ClockId, clock.Kind, clock.DueAt, clock.Result, clock.MetAt, clock.DueAt - clock.MetAt,
            [.. new[] { _aimed.GetValueOrDefault(clock.ClockId), ended }.OfType<FactSource>(), .. clock.BreachedAt is null ? [] : breached]);

    public IEnumerable<Breach> Breaches()
    {
        for (var place = 0; place < _breaches.Count; place++)
        {
            var (clock, due, detected, at) = _breaches[place];
            var met = _met.TryGetValue(place, out var known) ? known : ((DateTimeOffset MetAt, FactSource At)?)null;
            yield return new Breach(stream, clock.ClockId, clock.Kind, due, detected, met?.MetAt, met?.MetAt - due, met is null ? [at] : [at, met.Value.At]);
        }
    }

    private void Meet(Clock clock, FactSource at)
    {
        for (var place = 0; place < _breaches.Count && clock is { MetAt: not null, BreachedAt: not null }; place++)
        {
            if (_breaches[place].Clock.ClockId == clock.ClockId && _breaches[place].DueAt == clock.BreachedAt)
            {
                _met[place] = (clock.MetAt.Value, at with { At = clock.MetAt.Value });
            }
        }
    }
}
