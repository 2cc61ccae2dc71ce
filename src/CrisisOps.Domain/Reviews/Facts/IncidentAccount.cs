using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>
/// Computes <see cref="IncidentFacts"/> from the events of streams, each stream in its order; nothing is kept of an event but what facts need,
/// so that an incident of any length is read through. Pure: no clock, no database.
/// </summary>
/// <param name="cases">Cases that belong to the incident though nobody linked them.</param>
/// <param name="asOf">What was recorded later is not looked at.</param>
public sealed class IncidentAccount(string crisisKey, IReadOnlyCollection<string> cases, DateTimeOffset asOf)
{
    private readonly CrisisAccount _crisis = new(crisisKey);
    private readonly SortedDictionary<string, EscalationAccount> _cases = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ElectionAccount> _elections = new(StringComparer.Ordinal);

    /// <summary>Takes the next event of a stream. Streams that turn out not to belong to the incident are left out of its facts.</summary>
    public void Add(string stream, object @event, Stamp stamp)
    {
        if (stamp.RecordedAt > asOf)
        {
            return;
        }

        switch (@event)
        {
            case ICrisisEvent e when stream == crisisKey:
                _crisis.Add(e, stamp);
                break;
            case IEscalationEvent e:
                Of(_cases, stream, key => new EscalationAccount(key)).Add(e, stamp);
                break;
            case IElectionEvent e:
                Of(_elections, stream, key => new ElectionAccount(key)).Add(e, stamp);
                break;
        }
    }

    public IncidentFacts Facts(Beside beside)
    {
        EscalationAccount[] cases = [.. _cases.Values.Where(Belongs)];
        ElectionAccount[] elections = [.. _elections.Values.Where(e => e.State.Crises.Exists(c => c.Key == crisisKey))];
        var signal = cases.Select(c => c.Raised!).MinBy(r => r.At);
        var removed = cases.Select(c => c.Removed).OfType<FactSource>().MinBy(r => r.At);
        return new IncidentFacts
        {
            CrisisKey = crisisKey,
            AsOf = asOf,
            Streams = [_crisis.Read, .. cases.Select(c => c.Read), .. elections.Select(e => e.Read)],
            TimeIn = [.. _crisis.TimeIn(asOf), .. cases.SelectMany(c => c.TimeIn(asOf)), .. elections.SelectMany(e => e.TimeIn(asOf))],
            TimeTo = [.. _crisis.TimeTo(signal, removed), .. cases.SelectMany(c => c.TimeTo)],
            SituationReports = _crisis.SituationReports(),
            Late = [.. _crisis.Late(asOf), .. cases.SelectMany(c => c.Late(asOf))],
            Clocks = [.. cases.SelectMany(c => c.Clocks(_crisis))],
            Breaches = [.. cases.SelectMany(c => c.Breaches)],
            Alerts = [.. _crisis.Alerts(beside)],
            Handovers = [.. _crisis.Handovers.Concat(cases.SelectMany(c => c.Handovers)).OrderBy(h => h.At.At)],
            Corrections = [.. _crisis.Corrections(beside), .. cases.SelectMany(c => c.Corrections(beside)), .. elections.SelectMany(e => e.Corrections(beside))],
            Changes = [.. _crisis.Changes.Concat(cases.SelectMany(c => c.Changes)).OrderBy(c => c.At.At)],
            Levers = [.. _crisis.Levers(asOf), .. elections.SelectMany(e => e.Levers(asOf))],
            InterimActions = [.. cases.SelectMany(c => c.InterimActions(asOf))],
            FourEyes = [.. cases.SelectMany(c => c.FourEyes).OrderBy(f => f.Approved.At)],
            Deliveries = DeliveryFacts.Of(beside),
        };
    }

    private bool Belongs(EscalationAccount account) =>
        account.State.CrisisKey == crisisKey || _crisis.State.Has(account.State.Key) || cases.Contains(account.State.Key);

    private static T Of<T>(SortedDictionary<string, T> accounts, string key, Func<string, T> make)
    {
        if (!accounts.TryGetValue(key, out var account))
        {
            accounts[key] = account = make(key);
        }

        return account;
    }
}
