using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>Reads the stream of a crisis, event by event, and keeps what its facts are computed from.</summary>
internal sealed class CrisisAccount(string key)
{
    private readonly EntryLog _log = new(key);
    private readonly Bands _states = new(key, Band.State), _levels = new(key, Band.Level);
    private readonly List<Change> _changes = [];
    private readonly List<Handover> _handovers = [];
    private readonly List<(SitRepPublished Report, FactSource At)> _reports = [];
    private readonly List<Owed> _owed = [];
    private readonly LeverLog _levers = new(key);
    private readonly AlertLog _alerts = new(key);
    private readonly List<FactSource> _referrals = [];
    private FactSource? _proposed, _declared, _alerted, _stoodDown;

    public Crisis State { get; private set; } = Crisis.None with { Key = key };

    public StreamRead Read => new(key, _log.Version);

    public void Add(ICrisisEvent @event, Stamp stamp)
    {
        var before = State;
        State = Crisis.Fold(before, @event, stamp);
        var at = _log.Add(((IStreamEvent<Crisis>)@event).Tell(before, State, stamp), stamp);
        var done = FactSource.Occurred(key, stamp);
        _states.Is(State.Stage.ToString(), at);
        _levels.Is(State.Live ? State.Level?.ToString() : null, at);
        if (before.Level is { } from && State.Level is { } to && from != to)
        {
            _changes.Add(new Change(key, Band.Level, $"{from}", $"{to}", at));
        }

        switch (@event)
        {
            case CrisisProposed:
                _proposed = at;
                break;
            case CrisisDeclared:
                _declared ??= at;
                break;
            case CrisisStoodDown:
                _stoodDown = at;
                break;
            case CommandTransferred e:
                _handovers.Add(new Handover(key, HandoverKind.Command, e.From, e.To, done));
                break;
            case CommandAssumed { From: { } assumed } e:
                _handovers.Add(new Handover(key, HandoverKind.Command, assumed, e.To, done));
                break;
            case CrisisLawEnforcementReferred:
                _referrals.Add(done);
                break;
            case SitRepPublished e:
                _reports.Add((e, at));
                break;
            case PartnerAlertIssued:
                _alerted ??= done;
                break;
        }

        Owe(@event, before, at);
        _levers.Add(@event, State, at);
        _alerts.Add(@event, State, done);
    }

    /// <summary>Where the command told law enforcement at this instant.</summary>
    public FactSource? ReferralAt(DateTimeOffset at) => _referrals.Find(r => r.At == at);

    public IEnumerable<TimeIn> TimeIn(DateTimeOffset asOf) => [.. _states.Until(asOf), .. _levels.Until(asOf)];

    /// <param name="signal">The raise of the first case.</param>
    /// <param name="removed">The first enforcement that took content away.</param>
    public IEnumerable<TimeTo> TimeTo(FactSource? signal, FactSource? removed)
    {
        (Milestone Milestone, FactSource? From, FactSource? To)[] all =
        [
            (Milestone.Proposed, signal, _proposed), (Milestone.Declared, _proposed, _declared), (Milestone.PartnersAlerted, _declared, _alerted), (Milestone.Removed, signal, removed),
            (Milestone.StoodDown, _declared, _stoodDown),
        ];
        return all.Where(m => m is { From: not null, To: not null }).Select(m => new TimeTo(key, m.Milestone, m.From!, m.To!));
    }

    public SituationReports? SituationReports()
    {
        FactSource[] missed = [.. _owed.Where(o => o.Kind == LateKind.SituationReport).Select(o => o.Missed)];
        TimeSpan[] margins = [.. _reports.Where(r => r.At.At <= r.Report.DueAt).Select(r => r.Report.DueAt!.Value - r.At.At)];
        return _reports.Count + missed.Length == 0
            ? null
            : new SituationReports(
                key, _reports.Count, margins.Length, missed.Length, margins.Length > 0 ? margins.Min() : null,
                [.. _reports.Select(r => r.At).Concat(missed).OrderBy(s => s.Version)]);
    }

    public IEnumerable<Late> Late(DateTimeOffset asOf) => _owed.Select(o => o.Late(key, asOf));

    public IEnumerable<AlertFact> Alerts(Beside beside) => _alerts.Facts(State, beside);

    public IEnumerable<Handover> Handovers => _handovers;

    public IEnumerable<Change> Changes => _changes;

    public IEnumerable<LeverFact> Levers(DateTimeOffset asOf) => _levers.Facts(asOf);

    public IEnumerable<Correction> Corrections(Beside beside) => _log.Corrections(beside);

    private void Owe(ICrisisEvent @event, Crisis before, FactSource at)
    {
        switch (@event)
        {
            case SitRepOverdue e:
                _owed.Add(new Owed(LateKind.SituationReport, $"{e.Slot}", e.DueAt, at));
                break;
            case CrisisUpdateOverdue e:
                _owed.Add(new Owed(LateKind.Update, "", e.DueAt, at));
                break;
            case CrisisUpdateAckOverdue e:
                _owed.Add(new Owed(LateKind.Acknowledgement, e.UpdateId, e.DueAt, at));
                break;
            case CrisisTaskOverdue e:
                _owed.Add(new Owed(LateKind.Task, e.TaskId, e.DueAt, at));
                break;
            case SitRepPublished:
                Owed.Settle(_owed, LateKind.SituationReport, null, at);
                break;
            case CrisisUpdateAcknowledged e:
                Owed.Settle(_owed, LateKind.Acknowledgement, e.UpdateId, at);
                break;
            case CrisisTaskCompleted e:
                Owed.Settle(_owed, LateKind.Task, e.TaskId, at);
                break;
        }

        // Any word to somebody settles a promised update; the state knows which does.
        if (before.PromisedUpdate is { Missed: true } && State.PromisedUpdate is not { Missed: true } && @event is CrisisUpdatePosted or SitRepPublished)
        {
            Owed.Settle(_owed, LateKind.Update, null, at);
        }
    }
}
