using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>Reads the stream of a case, event by event, and keeps what its facts are computed from.</summary>
internal sealed class EscalationAccount(string key)
{
    /// <summary>What takes content away from those who could see it.</summary>
    private static readonly EnforcementAction[] _removing = [EnforcementAction.RemoveContent, EnforcementAction.DisableAccess, EnforcementAction.DelistProduct, EnforcementAction.RejectAd];

    private readonly EntryLog _log = new(key);
    private readonly Bands _states = new(key, Band.State), _severities = new(key, Band.Severity);
    private readonly List<Change> _changes = [];
    private readonly List<Handover> _handovers = [];
    private readonly List<Owed> _owed = [];
    private readonly ClockLog _clocks = new(key);
    private readonly Dictionary<Milestone, FactSource> _first = [];
    private readonly Dictionary<string, (FactSource At, string By)> _proposed = new(StringComparer.Ordinal);
    private readonly List<FourEyes> _approved = [];
    private readonly Dictionary<string, (FactSource Taken, FactSource? Ended)> _interim = new(StringComparer.Ordinal);

    public Escalation State { get; private set; } = Escalation.None with { Key = key };

    public StreamRead Read => new(key, _log.Version);

    /// <summary>When the signal reached us, which is when every clock starts, and not when it happened.</summary>
    public FactSource? Raised { get; private set; }

    public FactSource? Removed { get; private set; }

    public void Add(IEscalationEvent @event, Stamp stamp)
    {
        var before = State;
        State = Escalation.Fold(before, @event, stamp);
        var at = _log.Add(@event.Tell(before, State, stamp), stamp);
        var done = FactSource.Occurred(key, stamp);
        _states.Is(State.State.ToString(), at);
        _severities.Is(State.Open ? State.EffectiveSeverity.ToString() : null, at);
        if (Raised is not null && before.EffectiveSeverity != State.EffectiveSeverity)
        {
            _changes.Add(new Change(key, Band.Severity, $"{before.EffectiveSeverity}", $"{State.EffectiveSeverity}", at));
        }

        _clocks.Add(before, State, at);
        Reach(@event, done);
        Keep(@event, done, stamp);
        Raised ??= at;
    }

    public IEnumerable<TimeIn> TimeIn(DateTimeOffset asOf) => [.. _states.Until(asOf), .. _severities.Until(asOf)];

    public IEnumerable<TimeTo> TimeTo => _first.OrderBy(m => m.Key).Select(m => new TimeTo(key, m.Key, Raised!, m.Value));

    public IEnumerable<Late> Late(DateTimeOffset asOf) => _owed.Select(o => o.Late(key, asOf));

    /// <param name="crisis">A threat to life is told once, by the command of the crisis.</param>
    public IEnumerable<ClockFact> Clocks(CrisisAccount crisis) => _clocks.Facts(Told(crisis), crisis);

    public IEnumerable<Breach> Breaches => _clocks.Breaches();

    public IEnumerable<Handover> Handovers => _handovers;

    public IEnumerable<Change> Changes => _changes;

    public IEnumerable<FourEyes> FourEyes => _approved;

    public IEnumerable<Correction> Corrections(Beside beside) => _log.Corrections(beside);

    public IEnumerable<InterimFact> InterimActions(DateTimeOffset asOf) =>
        from action in State.InterimActions
        let kept = _interim[action.ActionId]
        select new InterimFact(key, action.ActionId, action.Action, action.State, (kept.Ended?.At ?? asOf) - kept.Taken.At, kept.Ended is null ? [kept.Taken] : [kept.Taken, kept.Ended]);

    private Escalation Told(CrisisAccount crisis) => State.CrisisKey == crisis.State.Key ? State.WithReferralOf(crisis.State) : State;

    private void Reach(IEscalationEvent @event, FactSource done)
    {
        Milestone[] reached = @event switch
        {
            ReceiptAcknowledged => [Milestone.Acknowledged],
            EscalationTriaged => [Milestone.Acknowledged, Milestone.Triaged],
            RequesterResponded => [Milestone.FirstResponse],
            InquiryAnswered => [Milestone.FirstResponse, Milestone.Resolved],
            DecisionApproved => [Milestone.Decided],
            EnforcementExecuted => [Milestone.Enforced],
            EscalationResolved => [Milestone.Resolved],
            _ => [],
        };
        foreach (var milestone in reached)
        {
            _first.TryAdd(milestone, done);
        }

        if (@event is EnforcementExecuted { Results: var results } && results.Any(r => !r.Undo && _removing.Contains(r.Action)))
        {
            Removed ??= done;
        }
    }

    private void Keep(IEscalationEvent @event, FactSource done, Stamp stamp)
    {
        switch (@event)
        {
            case EscalationReassigned { From: { } from } e when from != e.To:
                _handovers.Add(new Handover(key, HandoverKind.Case, from, e.To, done));
                break;
            case DecisionProposed e:
                _proposed[e.DecisionKey] = (done, stamp.Actor);
                break;
            case DecisionApproved e:
                _approved.Add(new FourEyes(key, e.DecisionKey, _proposed[e.DecisionKey].By != stamp.Actor, _proposed[e.DecisionKey].At, done));
                break;
            case InterimActionTaken e:
                _interim[e.ActionId] = (done, null);
                break;
            case InterimActionConfirmed e:
                _interim[e.ActionId] = _interim[e.ActionId] with { Ended = done };
                break;
            case InterimActionExpired e:
                _interim[e.ActionId] = _interim[e.ActionId] with { Ended = done };
                break;
            case TaskOverdue e:
                _owed.Add(new Owed(LateKind.Task, e.TaskId, e.DueAt, done));
                break;
            case TaskCompleted e:
                Owed.Settle(_owed, LateKind.Task, e.TaskId, done);
                break;
        }
    }
}
