using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Intake;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>Keeps the row that lists and the queue read. A note changes nothing a list shows, so it writes nothing here.</summary>
public static class EscalationRows
{
    private const string Upsert = """
        insert into crisis.escalations (key, natural_key, state, open, queued, live_danger, severity, priority, legal_due, sla_due, sla_span, sla_clock, source, external_ref,
            policy_area, flags, content_ids, owner, proposer, raised_at, report_count, merged_into, exercise, words, tlp, regions, regions_up, owners, named, glass,
            consulted, involved, requester_partner, card, partner_card, desk)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, to_tsvector('simple', $24), $25, $26, $27, $28, $29, $30,
            $31, $32, $33, $34, $35, $36)
        on conflict (key) do update set state = excluded.state, open = excluded.open, queued = excluded.queued, live_danger = excluded.live_danger, severity = excluded.severity,
            priority = excluded.priority, legal_due = excluded.legal_due, sla_due = excluded.sla_due, sla_span = excluded.sla_span, sla_clock = excluded.sla_clock,
            policy_area = excluded.policy_area, flags = excluded.flags, content_ids = excluded.content_ids, owner = excluded.owner, proposer = excluded.proposer,
            report_count = excluded.report_count, merged_into = excluded.merged_into, tlp = excluded.tlp, regions = excluded.regions, regions_up = excluded.regions_up,
            owners = excluded.owners, named = excluded.named, glass = excluded.glass, consulted = excluded.consulted, involved = excluded.involved,
            requester_partner = excluded.requester_partner, card = excluded.card, partner_card = excluded.partner_card, desk = excluded.desk
        """;

    public static void Add(NpgsqlBatch batch, IReadOnlyList<StreamChange> changes)
    {
        ClockRows.Add(batch, changes);
        List<string> moved = [];
        List<string> changed = [];
        IntakeVolume.Add(batch, changes);
        foreach (var change in changes)
        {
            var before = (Escalation)change.Before;
            var after = (Escalation)change.After;
            // Lists are compared by reference: what an event did not touch is the same object.
            if (before with { Version = after.Version } != after)
            {
                Write(batch, after);
                RememberSight(batch, before, after);
                if (Queueing.Queued(before) || Queueing.Queued(after))
                {
                    (SamePlace(before, after) ? changed : moved).Add(after.Key);
                }
            }
        }

        if (moved.Count > 0)
        {
            batch.Append("select crisis.place_in_queue($1)", (object)moved.ToArray());
        }

        if (changed.Count > 0)
        {
            batch.Append(
                """
                with e as materialized (select e.key, crisis.queue_face(e) as face from crisis.escalations e where e.key = any ($1))
                update crisis.queue_places q set face = e.face from e where q.key = e.key
                """,
                (object)changed.ToArray());
        }
    }

    /// <summary>Whether it stands where it stood in the queue, for the same readers: as after a report that was folded in, when it only looks different.</summary>
    private static bool SamePlace(Escalation before, Escalation after) =>
        before.Version > 0 && Queueing.Queued(before) && Queueing.Queued(after) && Queueing.LiveDanger(before) == Queueing.LiveDanger(after) && before.EffectiveSeverity == after.EffectiveSeverity
        && Queueing.LegalClock(before)?.DueAt == Queueing.LegalClock(after)?.DueAt && Queueing.PressingClock(before) == Queueing.PressingClock(after)
        && EscalationSight.Of(before).Same(EscalationSight.Of(after));

    private static void Write(NpgsqlBatch batch, Escalation state)
    {
        var sight = EscalationSight.Of(state);
        var pressing = Queueing.PressingClock(state);
        batch.Append(
            Upsert,
            state.Key,
            state.ExternalRef is { } reference ? $"{state.Source}|{state.Requester?.PartnerId}|{reference}" : null,
            state.State.ToString(), state.Open, Queueing.Queued(state), Queueing.LiveDanger(state), (short)state.EffectiveSeverity, state.PriorityScore,
            Queueing.LegalClock(state)?.DueAt,
            Due(pressing),
            Span(pressing),
            pressing?.ClockId ?? "",
            state.Source.ToString(), state.ExternalRef, state.PolicyArea.ToString(), state.Flags.Select(f => f.ToString()).ToArray(),
            state.ContentRefs.Select(c => c.ItemId).ToArray(), state.Owner, state.Decision is { Approved: false } decision ? decision.ProposedBy : null,
            state.RaisedAt, state.ReportCount, state.MergedInto, state.Exercise, $"{state.Key} {state.Title} {state.Allegation} {state.ExternalRef}",
            (short)sight.Tlp, sight.Regions, Regions.WithParents(sight.Regions).ToArray(), sight.Owners, sight.Named, sight.Glass,
            sight.Consulted.Select(f => f.ToString()).ToArray(), sight.Involved.Select(RoleNames.Of).ToArray(), sight.RequesterPartner,
            EscalationCard.Write(state), EscalationCard.WriteForPartner(state), state.Route?.Desk.ToString());
    }

    /// <summary>When the pressing clock runs out; long after everything when there is none.</summary>
    internal static DateTimeOffset Due(Clock? pressing) => pressing?.DueAt ?? DateTimeOffset.MaxValue.AddYears(-1000);

    /// <summary>Seconds of the pressing clock; 0 when there is none.</summary>
    internal static long Span(Clock? pressing) => pressing is null ? 0L : (long)(pressing.DueAt - pressing.StartedAt).TotalSeconds;

    /// <summary>Keeps who could see it before, so that they can be told that they no longer can.</summary>
    private static void RememberSight(NpgsqlBatch batch, Escalation before, Escalation after)
    {
        var was = EscalationSight.Of(before);
        if (before.Version > 0 && !was.Same(EscalationSight.Of(after)))
        {
            SightColumns.Remember(batch, after.Key, after.Version, was);
        }
    }
}
