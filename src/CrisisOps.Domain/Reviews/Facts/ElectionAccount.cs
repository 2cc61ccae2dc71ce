using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>Reads the stream of an election that the crisis touched: its phases and measures.</summary>
internal sealed class ElectionAccount(string key)
{
    private readonly EntryLog _log = new(key);
    private readonly Bands _phases = new(key, Band.State);
    private readonly LeverLog _measures = new(key);

    public ElectionEvent State { get; private set; } = ElectionEvent.None with { Key = key };

    public StreamRead Read => new(key, _log.Version);

    public void Add(IElectionEvent @event, Stamp stamp)
    {
        var before = State;
        State = ElectionEvent.Fold(before, @event, stamp);
        var at = _log.Add(((IStreamEvent<ElectionEvent>)@event).Tell(before, State, stamp), stamp);
        _phases.Is(State.Stage.ToString(), at);
        _measures.Add(@event, at);
    }

    public IEnumerable<TimeIn> TimeIn(DateTimeOffset asOf) => _phases.Until(asOf);

    public IEnumerable<LeverFact> Levers(DateTimeOffset asOf) => _measures.Facts(asOf);

    public IEnumerable<Correction> Corrections(Beside beside) => _log.Corrections(beside);
}
