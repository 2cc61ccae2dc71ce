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
            policy_area, flags, content_ids, owner, proposer, raised_at, report_count, merged_into, exercise, tlp, regions, regions_up, owners, named, glass,
            consulted, involved, requester_partner, card, partner_card, desk)
        select u.key, u.natural_key, u.state, u.open, u.queued, u.live_danger, u.severity, u.priority, u.legal_due, u.sla_due, u.sla_span, u.sla_clock, u.source, u.external_ref,
            u.policy_area, u.flags::text[], u.content_ids::text[], u.owner, u.proposer, u.raised_at, u.report_count, u.merged_into, u.exercise, u.tlp, u.regions::text[],
            u.regions_up::text[], u.owners::text[], u.named::text[], u.glass::text[], u.consulted::text[], u.involved::text[], u.requester_partner, u.card, u.partner_card, u.desk
          from unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::boolean[], $6::boolean[], $7::smallint[], $8::int[], $9::timestamptz[], $10::timestamptz[], $11::bigint[], $12::text[],
                $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::text[], $20::timestamptz[], $21::int[], $22::text[], $23::boolean[], $24::smallint[],
                $25::text[], $26::text[], $27::text[], $28::text[], $29::text[], $30::text[], $31::text[], $32::text[], $33::text[], $34::text[], $35::text[])
            as u (key, natural_key, state, open, queued, live_danger, severity, priority, legal_due, sla_due, sla_span, sla_clock, source, external_ref, policy_area, flags, content_ids, owner, proposer,
                raised_at, report_count, merged_into, exercise, tlp, regions, regions_up, owners, named, glass, consulted, involved, requester_partner, card, partner_card, desk)
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
        SoughtWords.Add(batch, changes);
        List<Escalation> written = [];
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
                written.Add(after);
                RememberSight(batch, before, after);
                if (Queueing.Queued(before) || Queueing.Queued(after))
                {
                    (SamePlace(before, after) ? changed : moved).Add(after.Key);
                }
            }
        }

        if (written.Count > 0)
        {
            batch.Append(Upsert, Columns(written));
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

    private static object?[] Columns(List<Escalation> states)
    {
        var sights = states.ConvertAll(EscalationSight.Of);
        var pressing = states.ConvertAll(Queueing.PressingClock);
        T[] Column<T>(Func<Escalation, T> of) => [.. states.Select(of)];
        string[] Seen(Func<SightFacts, IEnumerable<string>> of) => [.. sights.Select(s => Statements.ArrayText(of(s)))];
        return
        [
            Column(e => e.Key), Column(e => e.ExternalRef is { } reference ? $"{e.Source}|{e.Requester?.PartnerId}|{reference}" : null),
            Column(e => e.State.ToString()), Column(e => e.Open), Column(Queueing.Queued), Column(Queueing.LiveDanger), Column(e => (short)e.EffectiveSeverity), Column(e => e.PriorityScore),
            Column(e => Queueing.LegalClock(e)?.DueAt), pressing.Select(Due).ToArray(), pressing.Select(Span).ToArray(), pressing.Select(c => c?.ClockId ?? "").ToArray(),
            Column(e => e.Source.ToString()), Column(e => e.ExternalRef), Column(e => e.PolicyArea.ToString()), Column(e => Statements.ArrayText(e.Flags.Select(f => f.ToString()))),
            Column(e => Statements.ArrayText(e.ContentRefs.Select(c => c.ItemId))), Column(e => e.Owner), Column(e => e.Decision is { Approved: false } decision ? decision.ProposedBy : null),
            Column(e => e.RaisedAt), Column(e => e.ReportCount), Column(e => e.MergedInto), Column(e => e.Exercise),
            sights.Select(s => (short)s.Tlp).ToArray(), Seen(s => s.Regions), Seen(s => Regions.WithParents(s.Regions)), Seen(s => s.Owners), Seen(s => s.Named), Seen(s => s.Glass),
            Seen(s => s.Consulted.Select(f => f.ToString())), Seen(s => s.Involved.Select(RoleNames.Of)), sights.Select(s => s.RequesterPartner).ToArray(),
            Column(EscalationCard.Write), Column(e => e.Requester?.PartnerId is null ? "" : EscalationCard.WriteForPartner(e)), Column(e => e.Route?.Desk.ToString()),
        ];
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
