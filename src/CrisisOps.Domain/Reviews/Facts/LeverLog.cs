using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;

namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>Levers of a crisis and measures of an election: on for a while, and then expired or lifted.</summary>
internal sealed class LeverLog(string stream)
{
    private readonly List<Entry> _levers = [];

    public void Add(object @event, Crisis state, FactSource at)
    {
        switch (@event)
        {
            case LeverActivated e:
                _levers.Add(new Entry(e.LeverId, $"{e.Kind}", e.ExpiresAt, at));
                break;
            case LeverExtended e:
                Change(e.LeverId, l => l with { ExpiresAt = e.ExpiresAt, Extended = [.. l.Extended, at] });
                break;
            case LeverDeactivated e:
                Change(e.LeverId, l => l with { Off = at, End = LeverEnd.Lifted });
                break;
            case LeverExpired e:
                Change(e.LeverId, l => l with { Off = at, End = LeverEnd.Expired });
                break;
        }

        foreach (var lever in @event is LeverActivated or LeverExtended ? state.Levers : [])
        {
            Change(lever.LeverId, l => l with { Alone = lever.ReviewOwed });
        }
    }

    public void Add(object @event, FactSource at)
    {
        switch (@event)
        {
            case ElectionMeasureActivated e:
                _levers.Add(new Entry(e.MeasureId, $"{e.Kind}", e.ExpiresAt, at));
                break;
            case ElectionMeasureLifted e:
                Change(e.MeasureId, l => l with { Off = at, End = at.At >= l.ExpiresAt ? LeverEnd.Expired : LeverEnd.Lifted });
                break;
        }
    }

    public IEnumerable<LeverFact> Facts(DateTimeOffset asOf) => _levers.Select(l => new LeverFact(
        stream, l.Id, l.Kind, l.ExpiresAt, l.End, (l.Off?.At ?? asOf) - l.On.At, l.Extended.Count, l.Alone, [l.On, .. l.Extended, .. l.Off is { } off ? (FactSource[])[off] : []]));

    private void Change(string id, Func<Entry, Entry> change)
    {
        var place = _levers.FindIndex(l => l.Id == id);
        _levers[place] = change(_levers[place]);
    }

    private sealed record Entry(string Id, string Kind, DateTimeOffset ExpiresAt, FactSource On)
    {
        public IReadOnlyList<FactSource> Extended { get; init; } = [];
        public FactSource? Off { get; init; }
        public LeverEnd End { get; init; }
        public bool Alone { get; init; }
    }
}
