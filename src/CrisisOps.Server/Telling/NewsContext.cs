using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Telling;

/// <summary>The incident as it stands when somebody is told of it: what is decided is decided by this, not by how it stood when the event was written.</summary>
/// <param name="DeclaredAt">Of a crisis: from when "must be told" counts, UTC.</param>
/// <param name="Live">Something of it is still going on.</param>
/// <param name="BreaksThrough">Bad enough for the middle of the night, whatever a subscriber asked for.</param>
public sealed record NewsContext(object State, SightFacts Sight, NewsFacts Facts, bool Exercise, bool Live, bool BreaksThrough, DateTimeOffset? DeclaredAt)
{
    /// <summary>Bad enough for whoever sleeps in these hours.</summary>
    public bool Wakes(QuietHours? hours) => BreaksThrough || Facts.Severity <= hours?.BreakThroughSeverity;

    /// <param name="now">A legal deadline under four hours from it wakes whoever sleeps (domain §4).</param>
    public static NewsContext Of(StreamKind kind, object state, DateTimeOffset now) => state switch
    {
        Crisis crisis => new(
            state, kind.SightOf(state), new NewsFacts(crisis.Key, crisis.Type, null, crisis.Level, crisis.Regions, null, []), crisis.Exercise, crisis.Live,
            crisis.Level == CrisisLevel.Level1, crisis.DeclaredAt),
        Escalation escalation => new(
            state, kind.SightOf(state),
            new NewsFacts(escalation.Key, null, escalation.EffectiveSeverity, null, escalation.Regions, escalation.PolicyArea, escalation.ElectionKey is { } election ? [election] : []),
            escalation.Exercise, escalation.Stage is not (EscalationState.Resolved or EscalationState.Closed or EscalationState.Rejected or EscalationState.Merged or EscalationState.Voided),
            escalation.EffectiveSeverity == Severity.SEV1 || Queueing.LegalClock(escalation)?.DueAt < now + Queueing.LegalHorizon, null),
        ElectionEvent election => new(state, kind.SightOf(state), new NewsFacts(election.Key, null, null, null, election.Regions, null, [election.Key]), election.Exercise, true, false, null),
        AlertSource source => new(state, kind.SightOf(state), new NewsFacts(source.Key, null, null, null, source.Regions, null, []), source.Exercise, source.Open, false, null),
        RiskSignal signal => new(state, kind.SightOf(state), new NewsFacts(signal.Key, null, null, null, signal.Regions, signal.PolicyArea, []), signal.Exercise, signal.Open, signal.Surging, null),
        _ => throw new ArgumentException("Nothing of this stream is told.", nameof(state)),
    };
}
