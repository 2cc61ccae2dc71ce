using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>Facts as a reader may have them: only those all of whose sources they read, with the names that their audience reads.</summary>
public static class FactReading
{
    /// <param name="audienceOf">As whom they read a stream.</param>
    /// <param name="reads">Whether they read an entry.</param>
    public static IncidentFacts For(this IncidentFacts facts, Func<string, Audience> audienceOf, Func<FactSource, bool> reads)
    {
        // What stands beside the streams are deliveries, and those are shown to Core and the consulted functions.
        bool Staff(string stream) => audienceOf(stream) <= Audience.CrossFunctional;
        bool Core(string stream) => audienceOf(stream) == Audience.Core;
        bool Reads(IFact fact) => fact.Sources.All(s => s.Version > 0 ? reads(s) : Staff(fact.Stream));
        T[] Those<T>(IEnumerable<T> all)
            where T : IFact => [.. all.Where(f => Reads(f))];

        // Executives are told of no miss, so clocks that were met would tell them a better story than it was. And outside Core nothing is said
        // of law enforcement, that it is owed neither (domain §4).
        bool Told(string stream, ClockKind kind) => Core(stream) || (Staff(stream) && kind != ClockKind.ThreatToLifeReferral);

        return facts with
        {
            TimeIn = Those(facts.TimeIn),
            TimeTo = Those(facts.TimeTo),
            SituationReports = facts.SituationReports is { } reports && Reads(reports) ? reports : null,
            Late = Those(facts.Late),
            Clocks = [.. Those(facts.Clocks).Where(c => Told(c.Stream, c.Kind))],
            Breaches = [.. Those(facts.Breaches).Where(b => Told(b.Stream, b.Kind))],
            Alerts = [.. Those(facts.Alerts).Select(a => Staff(a.Stream) ? a : a with { Partners = null })],
            Handovers = [.. Those(facts.Handovers).Select(h => h with { From = Core(h.Stream) ? h.From : null, To = Staff(h.Stream) ? h.To : null })],
            Corrections = [.. Those(facts.Corrections).Select(c => Staff(c.Stream) ? c : c with { Received = null })],
            Changes = Those(facts.Changes),
            Levers = Those(facts.Levers),
            InterimActions = Those(facts.InterimActions),
            FourEyes = Those(facts.FourEyes),
        };
    }
}
