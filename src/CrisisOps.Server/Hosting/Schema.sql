-- Everything of ours beside Marten's tables. Runs at every start; every statement must be repeatable.

create table if not exists crisis.settings (
    name  text primary key,
    value text not null
);

create table if not exists crisis.key_counters (
    prefix text primary key,
    next   bigint not null
);

-- One row for each event that belongs on a timeline, written with the event. A text for each audience is made then;
-- no text, no sight. An empty cross_functional text means: the same as core.
create table if not exists crisis.timeline (
    stream           text        not null,
    version          bigint      not null,
    xid              xid8        not null default pg_current_xact_id(),
    recorded_at      timestamptz not null,
    occurred_at      timestamptz not null,
    kind             text        not null,
    event_type       text        not null,
    author           text        not null,
    tlp              smallint    not null,
    core             text        not null,
    cross_functional text,
    executive        text,
    partner          text,
    public           text,
    supersedes       bigint,
    hides            smallint,
    amended_at       timestamptz,
    amended_by       bigint,
    primary key (stream, version)
);
create index if not exists timeline_occurred on crisis.timeline (stream, occurred_at, recorded_at, version);
create index if not exists timeline_xid on crisis.timeline (xid);
-- What was corrected or redacted, so that a replay can name the state of visibility that it used.
create index if not exists timeline_amended on crisis.timeline (stream, amended_by) where amended_at is not null;
-- Some rule reacts to it. Most entries are notes, of which no rule hears: whoever tells the rules shall not have to look at them.
alter table crisis.timeline add column if not exists heard boolean not null default true;
create index if not exists timeline_heard on crisis.timeline (xid) where heard;

create index if not exists timeline_red on crisis.timeline (stream, version) where tlp = 4;

-- Who opened what is RED. The versions of the entries that were opened; none means the stream itself.
create table if not exists crisis.reads (
    position bigint      generated always as identity primary key,
    at       timestamptz not null,
    reader   text        not null,
    roles    text[]      not null,
    route    text        not null,
    stream   text        not null,
    entries  bigint[]    not null
);
create index if not exists reads_stream on crisis.reads (stream, position);
create index if not exists reads_reader on crisis.reads (reader, position);

-- The same command twice gets the first answer. Kept for seven days.
create table if not exists crisis.idempotency (
    scope       uuid        primary key,
    body        uuid        not null,
    answer      text        not null,
    recorded_at timestamptz not null
);
create index if not exists idempotency_age on crisis.idempotency using brin (recorded_at);

-- States of long streams, so that loading one never reads more than 500 events.
create table if not exists crisis.snapshots (
    stream      text        primary key,
    version     bigint      not null,
    recorded_at timestamptz not null,
    body        text        not null
);

-- States on the way of long streams, kept by readers of the past for the next one: a cache of the build that made it (shape).
create table if not exists crisis.history_snapshots (
    stream      text        not null,
    version     bigint      not null,
    shape       text        not null,
    recorded_at timestamptz not null,
    body        text        not null,
    kept_at     timestamptz not null,
    primary key (stream, shape, version)
);
create index if not exists history_snapshots_kept on crisis.history_snapshots (kept_at);

-- How often what was kept of a stream was forgotten, as when personal data is erased: who read before keeps nothing after.
create table if not exists crisis.history_forgotten (
    stream text   primary key,
    times  bigint not null
);

-- The escalations as lists and the queue see them; changed only when something a list shows has changed.
create table if not exists crisis.escalations (
    -- What a page of a list looks at on each row comes first: the columns in front of a column are walked to find it.
    key               text        primary key,
    raised_at         timestamptz not null,
    -- what decides who may see it
    tlp               smallint    not null,
    regions_up        text[]      not null,
    regions           text[]      not null,
    owners            text[]      not null,
    named             text[]      not null,
    glass             text[]      not null,
    consulted         text[]      not null,
    involved          text[]      not null,
    requester_partner text,
    card              text        not null,
    partner_card      text        not null,
    natural_key       text,
    state             text        not null,
    open              boolean     not null,
    queued            boolean     not null,
    live_danger       boolean     not null,
    severity          smallint    not null,
    priority          int         not null,
    legal_due         timestamptz,
    sla_due           timestamptz not null,
    sla_span          bigint      not null,
    sla_clock         text        not null,
    source            text        not null,
    external_ref      text,
    policy_area       text        not null,
    flags             text[]      not null,
    content_ids       text[]      not null,
    owner             text,
    proposer          text,
    report_count      int         not null,
    merged_into       text,
    exercise          boolean     not null
);
alter table crisis.escalations add column if not exists desk text;
create unique index if not exists escalations_natural_key on crisis.escalations (natural_key) where natural_key is not null;
create index if not exists escalations_raised on crisis.escalations (raised_at desc, key desc);
drop index if exists crisis.escalations_queue;
create index if not exists escalations_legal on crisis.escalations (legal_due) where queued and legal_due is not null;
create index if not exists escalations_owner on crisis.escalations (owner, raised_at desc) where open;
create index if not exists escalations_desk on crisis.escalations (desk) where open and owner is null;
create index if not exists escalations_sev1 on crisis.escalations (raised_at) where severity = 1 and state not in ('Received', 'Rejected', 'Voided');
create index if not exists escalations_merged on crisis.escalations (merged_into) where merged_into is not null;
create index if not exists escalations_external on crisis.escalations (external_ref) where external_ref is not null;
create index if not exists escalations_content on crisis.escalations using gin (content_ids);
create index if not exists escalations_decisions on crisis.escalations (state) where state = 'DecisionProposed';

-- The words by which lists find a case. Apart, as they are a third of a row that pages of lists walk, and seldom asked for.
create table if not exists crisis.escalation_words (
    key   text     primary key,
    words tsvector not null
);

-- Where each case of the queue stands, for everybody who may see it there: one row for each scope of sight (Sight.ScopesOf), so that
-- a reader walks no row out of sight, however many there are. It holds what the page shows: looking each case up costs twice the page.
do $$
begin
    -- Until November 2026 it held the due time as an instant and a column for each thing shown: a third more for each page.
    if exists (select 1 from information_schema.columns where table_schema = 'crisis' and table_name = 'queue_places' and column_name = 'sla_due') then
        drop table crisis.queue_places;
        delete from crisis.settings where name = 'queue-placed';
    end if;
end
$$;
create table if not exists crisis.queue_places (
    scope             text        not null,
    -- a QueuePlace part without a near legal deadline: live danger (4 to 7), the rest (12 to 15), by severity
    part              smallint    not null,
    sla_span          bigint      not null,
    -- microseconds since 1970
    due               bigint      not null,
    raised_at         timestamptz not null,
    key               text        not null,
    legal_due         timestamptz,
    tlp               smallint    not null,
    regions           text[]      not null,
    regions_up        text[]      not null,
    owners            text[]      not null,
    named             text[]      not null,
    glass             text[]      not null,
    consulted         text[]      not null,
    involved          text[]      not null,
    requester_partner text,
    -- crisis.queue_face: one column costs a page less than nine
    face              text        not null,
    primary key (scope, part, sla_span, due, raised_at, key)
);
create index if not exists queue_places_key on crisis.queue_places (key);

-- Stable, as what they call is: a function of SQL that says more than its body is called for each row instead of becoming part of the query.
create or replace function crisis.micros(instant timestamptz) returns bigint language sql stable as $$
    select (extract(epoch from instant) * 1000000)::bigint
$$;

create or replace function crisis.queue_part(e crisis.escalations) returns smallint language sql immutable as $$
    select (case when e.live_danger then 4 else 12 end + e.severity - 1)::smallint
$$;

-- What the queue needs of a case, in one text: the part; the span of its clock in seconds; when that and the legal deadline run out
-- (0 for none) and when it was raised, in microseconds since 1970; the key; the name of the clock; and after a line break the card.
create or replace function crisis.queue_face(e crisis.escalations) returns text language sql stable as $$
    select format(E'%s %s %s %s %s %s %s\n%s', crisis.queue_part(e), e.sla_span, crisis.micros(e.sla_due), coalesce(crisis.micros(e.legal_due), 0), crisis.micros(e.raised_at), e.key, e.sla_clock, e.card)
$$;

-- The scopes through which a case is seen. A region scope carries the level of secrecy that the reader must reach: = for a region of the
-- case, > for one that a region of the case lies in, ~ for a case that is everywhere, * for readers of every region.
-- Each once, which a union would see to with a hash table of 800 kB for each case, half the cost of placing it.
create or replace function crisis.scopes(tlp smallint, regions text[], regions_up text[], owners text[], named text[], glass text[], consulted text[], involved text[])
returns setof text language sql immutable as $$
    select place || '/' || level
      from generate_series(tlp, 3) level
     cross join (
        select '=' || r from unnest(regions) with ordinality u (r, n) where n = array_position(regions, r)
        union all select '>' || r from unnest(regions_up) with ordinality u (r, n) where n = array_position(regions_up, r) and r <> all (regions)
        union all select '~' where regions = '{}' or '001' = any (regions)
        union all select '*') p (place)
    union all select 'p:' || person from unnest(owners || named || glass) with ordinality u (person, n) where n = array_position(owners || named || glass, person)
    union all select 'f:' || f from unnest(consulted) with ordinality u (f, n) where n = array_position(consulted, f)
    union all select 'i:' || r from unnest(involved) with ordinality u (r, n) where n = array_position(involved, r)
$$;

-- In plpgsql, whose plans a session keeps: as a function of SQL its statements were planned at each call, which cost 1.3 ms of a raise.
create or replace function crisis.place_in_queue(keys text[]) returns void language plpgsql as $$
begin
    delete from crisis.queue_places q where q.key = any (keys);
    insert into crisis.queue_places (scope, part, sla_span, due, raised_at, key, legal_due, tlp, regions, regions_up, owners, named, glass, consulted, involved, requester_partner, face)
    with e as materialized (
            select e.*, crisis.queue_part(e) as part, crisis.micros(e.sla_due) as due, crisis.queue_face(e) as face from crisis.escalations e where e.key = any (keys) and e.queued)
    select s.scope, e.part, e.sla_span, e.due, e.raised_at, e.key, e.legal_due, e.tlp, e.regions, e.regions_up, e.owners, e.named, e.glass, e.consulted, e.involved, e.requester_partner, e.face
      from e cross join lateral crisis.scopes(e.tlp, e.regions, e.regions_up, e.owners, e.named, e.glass, e.consulted, e.involved) s (scope);
end
$$;

-- A store from before there were places gets them once.
do $$
begin
    if not exists (select 1 from crisis.settings where name = 'queue-placed') then
        perform crisis.place_in_queue((select array_agg(key) from crisis.escalations where queued));
        insert into crisis.settings (name, value) values ('queue-placed', 'yes');
    end if;
end
$$;

-- The transactions that moved anything in the queue: a node that remembers what a reader's queue begins with asks whether there was one since
-- (QueueFronts). Kept for some minutes.
create table if not exists crisis.queue_moves (xid xid8 primary key);

create or replace function crisis.note_queue_move() returns trigger language plpgsql as $$
begin
    insert into crisis.queue_moves (xid) values (pg_current_xact_id()) on conflict do nothing;
    return null;
end
$$;
create or replace trigger queue_moved after insert or update or delete on crisis.queue_places for each statement execute function crisis.note_queue_move();

-- Who could see a stream before somebody changed that: so that a reader can be told "no longer visible".
create table if not exists crisis.sight_changes (
    stream            text     not null,
    version           bigint   not null,
    xid               xid8     not null default pg_current_xact_id(),
    tlp               smallint not null,
    regions           text[]   not null,
    regions_up        text[]   not null,
    owners            text[]   not null,
    named             text[]   not null,
    glass             text[]   not null,
    consulted         text[]   not null,
    involved          text[]   not null,
    requester_partner text,
    primary key (stream, version)
);
create index if not exists sight_changes_xid on crisis.sight_changes (xid);
alter table crisis.sight_changes add column if not exists specialists smallint not null default 0;

-- Crises, elections, reviews and recommendations as lists show them, with a card for each audience that may read them.
create table if not exists crisis.cards (
    key               text        primary key,
    kind              text        not null,
    state             text        not null,
    open              boolean     not null,
    exercise          boolean     not null,
    opened_at         timestamptz not null,
    words             tsvector    not null,
    core              text        not null,
    cross_functional  text        not null,
    executive         text        not null,
    -- what decides who may see it
    specialists       smallint    not null,
    tlp               smallint    not null,
    regions           text[]      not null,
    regions_up        text[]      not null,
    owners            text[]      not null,
    named             text[]      not null,
    glass             text[]      not null,
    consulted         text[]      not null,
    involved          text[]      not null,
    requester_partner text
);
create index if not exists cards_opened on crisis.cards (kind, opened_at desc, key desc);

-- Who may see a stream, whatever its kind.
create or replace view crisis.sights as
    select key, 0::smallint as specialists, tlp, regions, regions_up, owners, named, glass, consulted, involved, requester_partner from crisis.escalations
    union all
    select key, specialists, tlp, regions, regions_up, owners, named, glass, consulted, involved, requester_partner from crisis.cards;

-- What an open stream holds against others, for example a crisis its type and region. One that was let in beside another (a second
-- attack) holds it too, and goes on holding it when the other is over.
create table if not exists crisis.claims (
    kind   text    not null,
    id     text    not null,
    stream text    not null,
    alone  boolean not null,
    primary key (kind, id, stream)
);
create unique index if not exists claims_alone on crisis.claims (kind, id) where alone;
create index if not exists claims_stream on crisis.claims (stream);

-- The entries of timelines that gather several streams: a row for each entry and timeline, written with the entry, or with the link
-- that brings its past. So a page is one index scan, however many streams are linked and however long their past is.
create table if not exists crisis.places (
    timeline    text        not null,
    stream      text        not null,
    version     bigint      not null,
    recorded_at timestamptz not null,
    occurred_at timestamptz not null,
    -- the later of entry and link: where a live reader finds it
    xid         xid8        not null default pg_current_xact_id(),
    primary key (timeline, stream, version)
);
create index if not exists places_occurred on crisis.places (timeline, occurred_at, recorded_at, stream, version);
create index if not exists places_recorded on crisis.places (timeline, recorded_at, stream, version);
create index if not exists places_live on crisis.places (timeline, xid, recorded_at, stream, version);

-- The streams whose entries stand on a timeline: each is found by a step in the index, however many entries it has.
create or replace function crisis.streams_on(gathered text) returns setof text language sql stable as $$
    with recursive s (stream) as (
        (select p.stream from crisis.places p where p.timeline = gathered order by p.stream limit 1)
        union all
        select (select p.stream from crisis.places p where p.timeline = gathered and p.stream > s.stream order by p.stream limit 1) from s where s.stream is not null)
    select s.stream from s where s.stream is not null
$$;

-- Streams that were taken out of a timeline: so that a live reader can be told.
create table if not exists crisis.unlinks (
    timeline text not null,
    stream   text not null,
    xid      xid8 not null default pg_current_xact_id()
);
create index if not exists unlinks_timeline on crisis.unlinks (timeline, xid);

-- How far each reader of all events has read: everything below is done. A new store, and one from before there were readers, starts with what comes.
create table if not exists crisis.subscriptions (
    name     text primary key,
    position xid8 not null
);
insert into crisis.subscriptions (name, position) values ('reactions', pg_current_xact_id()), ('search', '3') on conflict do nothing;

-- The words of an entry's text.
create or replace function crisis.words_in(entry text) returns tsvector language sql immutable as $$
    select to_tsvector('simple', coalesce(entry::json ->> 'headline', '') || ' ' || coalesce(entry::json ->> 'body', ''))
$$;

-- The words of all texts of an entry, those of each audience.
create or replace function crisis.words_of(t crisis.timeline) returns tsvector language sql immutable as $$
    select crisis.words_in(t.core) || coalesce(crisis.words_in(nullif(t.cross_functional, '')), '') || coalesce(crisis.words_in(t.executive), '')
        || coalesce(crisis.words_in(t.partner), '') || coalesce(crisis.words_in(t.public), '')
$$;

create table if not exists crisis.entry_words (
    stream      text        not null,
    version     bigint      not null,
    recorded_at timestamptz not null,
    words       tsvector    not null,
    primary key (stream, version)
);
create index if not exists entry_words_words on crisis.entry_words using gin (words);

-- Events whose rules failed again and again, for an operator to look at.
create table if not exists crisis.failed_reactions (
    message     text        not null,
    error       text        not null,
    recorded_at timestamptz not null default now()
);

create table if not exists crisis.deadlines (
    stream       text        not null,
    kind         text        not null,
    ref          text        not null,
    generation   int         not null,
    due_at       timestamptz not null,
    owner        text,
    state        text        not null default 'Open',
    settled_at   timestamptz,
    leased_until timestamptz,
    primary key (stream, kind, ref, generation)
);
-- When whoever has to act is warned, in that order; a row is warned from the first of them on, without anybody writing so.
alter table crisis.deadlines add column if not exists warns_at timestamptz[] not null default '{}';
create index if not exists deadlines_due on crisis.deadlines (due_at) where state = 'Open';
create index if not exists deadlines_leased on crisis.deadlines (stream, leased_until) where state = 'Open' and leased_until is not null;
create index if not exists deadlines_standing on crisis.deadlines (due_at) where state in ('Open', 'Missed');
create index if not exists deadlines_owner on crisis.deadlines (owner, due_at) where state in ('Open', 'Missed');

-- The clocks of escalations as the SLA board counts them: written when a clock changed, never by a note.
create table if not exists crisis.clocks (
    stream     text        not null,
    clock_id   text        not null,
    kind       text        not null,
    started_at timestamptz not null,
    due_at     timestamptz not null,
    -- from then on it is at risk
    warns_at   timestamptz not null,
    result     text        not null,
    met_at     timestamptz,
    -- how often it ran out, whatever became of it since
    breaches   int         not null,
    primary key (stream, clock_id)
);

create table if not exists crisis.people (
    id   text  primary key,
    body jsonb not null
);
-- Whoever is on shift comes first where a person is proposed.
create index if not exists people_shift on crisis.people ((body->>'onShiftUntil') desc nulls last, id);

create table if not exists crisis.duty (
    function text        not null,
    region   text        not null,
    person   text        not null,
    channels text[]      not null,
    until    timestamptz,
    primary key (function, region)
);

create table if not exists crisis.facts (
    kind  text not null,
    id    text not null,
    value text not null,
    primary key (kind, id)
);

-- Marten's foreign key looks for the stream of each event, a twelfth of what posts cost PostgreSQL's process. Every batch proves it already: it moves the
-- streams of its events or opens them. So the look is left out where we may (it takes a superuser, as the private PostgreSQL gives one); the key
-- stays, and with it what follows the removal of a stream.
do $$
declare
    looks name;
begin
    for looks in select tgname from pg_trigger where tgrelid = 'crisis.mt_events'::regclass and tgfoid = '"RI_FKey_check_ins"'::regproc and tgenabled <> 'D' loop
        execute format('alter table crisis.mt_events disable trigger %I', looks);
    end loop;
exception when insufficient_privilege then
    null;
end
$$;

-- Moves streams to their new versions, if they stand where the batch believes; otherwise the whole batch ends. The keys come
-- sorted, so that two nodes lock in the same order. Versions that the batch only read are locked and compared.
create or replace function crisis.move_streams(ids text[], before bigint[], after bigint[], at timestamptz[], read_ids text[], read_versions bigint[]) returns void language plpgsql as $$
declare
    moved bigint;
begin
    update crisis.mt_streams s set version = u.after, timestamp = u.at
      from unnest(ids, before, after, at) as u (id, before, after, at)
     where s.id = u.id and s.version = u.before;
    get diagnostics moved = row_count;
    if moved <> cardinality(ids) then
        raise exception 'a stream has moved' using errcode = 'CRV01';
    end if;
    if cardinality(read_ids) > 0 then
        perform 1 from crisis.mt_streams where id = any (read_ids) order by id for share;
        if exists (select 1 from unnest(read_ids, read_versions) as u (id, version) left join crisis.mt_streams s on s.id = u.id where coalesce(s.version, 0) <> u.version) then
            raise exception 'a stream that was read has moved' using errcode = 'CRV01';
        end if;
    end if;
end
$$;

-- The first transaction of this database that is not yet over. Everything below it is final, in commit order.
-- Transactions of other databases in the cluster hold pg_snapshot_xmin back, but write nothing here. To tell them apart takes most of
-- a millisecond: it is only done for whoever has read up to pg_snapshot_xmin already. Others can go on from there (after: how far they are).
drop function if exists crisis.horizon();
create or replace function crisis.horizon(after xid8 default null) returns xid8 language plpgsql stable as $$
declare
    snapshot pg_snapshot := pg_current_snapshot();
begin
    if pg_snapshot_xmin(snapshot) = pg_snapshot_xmax(snapshot) or pg_snapshot_xmin(snapshot) > after then
        return pg_snapshot_xmin(snapshot);
    end if;
    return coalesce(
        (select min(x.xid)
           from pg_snapshot_xip(snapshot) as x (xid)
           left join pg_stat_activity a on a.backend_xid = x.xid::xid
           left join pg_prepared_xacts p on p.transaction = x.xid::xid
          where (a.datid is null or a.datid = (select oid from pg_database where datname = current_database()))
            and (p.database is null or p.database = current_database())),
        pg_snapshot_xmax(snapshot));
end
$$;

-- One row for each message to each recipient, as it was rendered when it was planned. The address is not here: it is the endpoint's, as it
-- is when the message goes out.
create table if not exists crisis.deliveries (
    -- also the message id, the same across attempts
    id              text        primary key,
    position        bigint      generated always as identity,
    incident        text        not null,
    kind            text        not null,
    -- what it says, by the id that the incident has for it
    about           text        not null,
    recipient       text        not null,
    endpoint        text        not null,
    -- recipient and endpoint: what is throttled, closed and kept in order
    target          text        not null,
    channel         text        not null,
    tlp             smallint    not null,
    ordered         boolean     not null,
    subject         text        not null,
    content_type    text        not null,
    body            bytea       not null,
    body_hash       text        not null,
    -- what its receiver learns by it, in words
    told            text        not null default '',
    state           text        not null,
    -- why it was suppressed, cancelled or given up
    reason          text,
    attempts        int         not null default 0,
    -- attempts made when it was last sent again: the schedule counts from there
    restarts        int         not null default 0,
    created_at      timestamptz not null,
    next_at         timestamptz not null,
    leased_until    timestamptz,
    settled_at      timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by text,
    acknowledged_through text
)
-- A row is taken and settled within a second: the first of these changes finds room on its own page, and what is left behind is cleared soon.
with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
-- as whom its receiver reads it, what it was rendered with, and what a digest holds; null where there is none
alter table crisis.deliveries add column if not exists audience smallint;
alter table crisis.deliveries add column if not exists template text;
alter table crisis.deliveries add column if not exists covers text[];
-- until when its reader must have been told
alter table crisis.deliveries add column if not exists due_by timestamptz;
create unique index if not exists deliveries_position on crisis.deliveries (position);
create index if not exists deliveries_due on crisis.deliveries (next_at, position) where state = 'Queued';
-- By endpoint. The state is an expression, as the queries have it: as long as little waits, the planner finds one index of what waits as good as
-- the other, and reads the queue of all for what waits for one endpoint.
drop index if exists crisis.deliveries_waiting;
create index if not exists deliveries_for_endpoint on crisis.deliveries (target, incident, position) where state || '' = 'Queued';
create index if not exists deliveries_incident on crisis.deliveries (incident, position);
create index if not exists deliveries_recipient on crisis.deliveries (recipient, position);
create index if not exists deliveries_dead on crisis.deliveries (position) where state = 'Exhausted';

create table if not exists crisis.delivery_attempts (
    delivery    text        not null,
    n           int         not null,
    at          timestamptz not null,
    latency_ms  int         not null,
    result      text        not null,
    status      text        not null,
    size        int         not null,
    body_hash   text        not null,
    primary key (delivery, n)
);

-- How the other end does. An endpoint without trouble has no row.
create table if not exists crisis.endpoint_health (
    target        text        primary key,
    failures      int         not null,
    -- nothing goes there before then
    closed_until  timestamptz
);

-- What was told of an incident lately, and to a recipient of it.
create index if not exists deliveries_told on crisis.deliveries (incident, created_at) where covers is not null;
create index if not exists deliveries_told_to on crisis.deliveries (recipient, incident) where covers is not null;

-- Who is told of an incident later, in one message: what has come since, when it is due.
create table if not exists crisis.digests (
    recipient     text        not null,
    incident      text        not null,
    audience      smallint    not null,
    -- the subscription it is for; empty for whoever is on duty
    subscription  text        not null,
    -- versions of the incident: told up to here, by digest or by itself
    upto          bigint      not null,
    -- null when nothing is due any more
    due_at        timestamptz,
    -- something waits for it; otherwise it only says that there is nothing new
    held          boolean     not null,
    -- due again this long after, for as long as the incident is live
    every         interval,
    primary key (recipient, incident)
);
create index if not exists digests_due on crisis.digests (due_at) where due_at is not null;
create index if not exists digests_held on crisis.digests (incident) where held;

-- Texts that the operator has written instead of ours, or beside them.
create table if not exists crisis.templates (
    kind        text        not null,
    audience    text        not null,
    channel     text        not null,
    language    text        not null,
    text        text        not null,
    updated_by  text        not null,
    updated_at  timestamptz not null,
    primary key (kind, audience, channel, language)
);

-- Where contacts are reached. No event holds an address, so deleting a row here erases it.
create table if not exists crisis.contact_addresses (
    ref         text        primary key,
    contact     text        not null,
    channel     text        not null,
    address     text        not null,
    created_at  timestamptz not null
);
create index if not exists contact_addresses_contact on crisis.contact_addresses (contact);

-- One row, whose version grows with each change of who is told what.
create table if not exists crisis.book (
    one      boolean primary key default true check (one),
    version  bigint  not null
);
insert into crisis.book (version) values (0) on conflict do nothing;

-- Its crisis was told that it did not come to its partner, or need not be. The index holds what is still to be told: as a rule nothing.
alter table crisis.deliveries add column if not exists noted boolean not null default false;
create index if not exists deliveries_unnoted on crisis.deliveries (position)
    where state in ('Exhausted', 'Suppressed') and kind in ('Alert', 'AlertUpdate') and reason not in ('exercise', 'never-told', 'unknown-partner') and not noted;

-- Crises whose messages are delayed, from before that is said on their timelines until it is said that it is over.
create table if not exists crisis.delays (
    incident text    primary key,
    -- the crisis has answered
    noted    boolean not null default false
);

-- the subscription under which a message goes out; null for what is addressed by name
alter table crisis.deliveries add column if not exists subscription text;
create index if not exists deliveries_subscription on crisis.deliveries (subscription) where subscription is not null and state in ('Queued', 'Exhausted');

-- With what its receiver acknowledges it on the telephone or by a short message; null where nothing has to be acknowledged.
alter table crisis.deliveries add column if not exists reply_code text;
create unique index if not exists deliveries_reply_code on crisis.deliveries (reply_code) where reply_code is not null;

-- The Message-ID of the mail that it answers; null when it answers none.
alter table crisis.deliveries add column if not exists in_reply_to text;

-- Whoever writes to us is found by where they write from, in whatever case.
create index if not exists contact_addresses_address on crisis.contact_addresses (lower(address));

-- When whoever has it in their inbox read it.
alter table crisis.deliveries add column if not exists read_at timestamptz;

-- What the public was told by an incident.
create index if not exists timeline_public on crisis.timeline (stream, recorded_at) where public is not null;

-- Every alert that a source sent and that was answered as kept. The id is a hash of whose alert it is and of its reference, so that one that is
-- sent again meets itself, on any node and in any format.
create table if not exists crisis.alerts (
    id          uuid        primary key,
    source      text        not null,
    key_id      text,
    -- whose receipt it is: the partner, or the source itself
    owner       text        not null,
    format      text        not null,
    action      text        not null,
    reference   text        not null,
    dedup_key   text,
    received_at timestamptz not null,
    severity    smallint    not null,
    policy_area text        not null,
    regions     text[]      not null,
    tlp         smallint    not null,
    exercise    boolean     not null,
    -- SHA-256 of the bytes in which it came
    hash        bytea       not null,
    -- where it belongs, and why; none when it was kept and raised nothing
    escalation  text,
    reason      text        not null,
    matched     text,
    rule        text        not null,
    -- the maintenance window in which it was kept back
    maintenance text,
    -- what its source's reports count as, whether it may raise the severity of a case, and whether it claims a threat to life
    kind        text        not null,
    raises      boolean     not null,
    threat      boolean     not null,
    body        text        not null
);
create index if not exists alerts_escalation on crisis.alerts (escalation, received_at) where escalation is not null;
create index if not exists alerts_source on crisis.alerts (source, received_at);
create index if not exists alerts_resolved on crisis.alerts (source, dedup_key, received_at) where action = 'Resolve';
create index if not exists alerts_kept on crisis.alerts (received_at) where escalation is null;
-- Since when it belongs where it stands; null where that is so since it was received.
alter table crisis.alerts add column if not exists placed_at timestamptz;

-- Where alerts stood that have moved since: kept back first, and then kept in another window, folded in or raised. None of these belonged to a
-- case: an alert that does stays there. What had moved before this table was there is told as if it had always stood where it stands.
create table if not exists crisis.alert_places (
    alert       uuid        not null,
    -- null: since it was received
    since       timestamptz,
    until       timestamptz not null,
    severity    smallint    not null,
    reason      text        not null,
    matched     text,
    rule        text        not null,
    maintenance text,
    primary key (alert, until)
);
create index if not exists alert_places_until on crisis.alert_places (until);

-- A trigger on what moves, so that an alert that comes in pays nothing for it, and so that what is kept is the row that was there.
create or replace function crisis.keep_alert_place() returns trigger language plpgsql as $$
begin
    insert into crisis.alert_places (alert, since, until, severity, reason, matched, rule, maintenance)
    values (old.id, old.placed_at, new.placed_at, old.severity, old.reason, old.matched, old.rule, old.maintenance);
    return null;
end
$$;
do $$
begin
    if not exists (select 1 from pg_trigger where tgrelid = 'crisis.alerts'::regclass and tgname = 'alert_moved') then
        create trigger alert_moved after update on crisis.alerts for each row when (new.placed_at is distinct from old.placed_at) execute function crisis.keep_alert_place();
    end if;
end
$$;

-- By what alerts find the case they belong to: a hash of the source's dedup key, or of a piece of content.
create table if not exists crisis.alert_keys (
    key        uuid        primary key,
    escalation text        not null,
    -- when it was last met, to within ten minutes and a tenth of the window of its rule
    seen_at    timestamptz not null,
    -- whose it was before, as whoever took it over knew it
    before     text
);

-- How many alerts of each source each case has for each reason, as its timeline was told.
create table if not exists crisis.alert_counts (
    escalation text        not null,
    source     text        not null,
    reason     text        not null,
    n          bigint      not null,
    -- the worst that may raise the severity of the case; null when none may
    worst      smallint,
    threat     boolean     not null,
    -- the key by which the newest of them found the case
    matched    text,
    primary key (escalation, source, reason)
) with (fillfactor = 75);

-- Those that no timeline was told of yet, a row for what was stored together: counting them in alert_counts with each bulk, row by row, took a
-- seventh of taking it in. Told, they go there.
create table if not exists crisis.alert_folds (
    escalation text        not null,
    id         bigint      not null generated always as identity,
    source     text        not null,
    reason     text        not null,
    n          bigint      not null,
    worst      smallint,
    threat     boolean     not null,
    matched    text,
    primary key (escalation, id)
);
do $$
begin
    -- Until November 2026 alert_counts held both, and how much of it was told.
    if exists (select 1 from information_schema.columns where table_schema = 'crisis' and table_name = 'alert_counts' and column_name = 'told') then
        insert into crisis.alert_folds (escalation, source, reason, n, worst, threat, matched)
        select escalation, source, reason, n - told, worst, threat, matched from crisis.alert_counts where n > told;
        update crisis.alert_counts set n = told where n > told;
        alter table crisis.alert_counts drop column told, drop column untold;
    end if;
end
$$;

-- Reports by minute, for the surge rule; in shards, so that sources do not wait for each other. Cases that people raise count too.
create table if not exists crisis.intake_volume (
    minute      timestamptz not null,
    policy_area text        not null,
    region      text        not null,
    source      text        not null,
    shard       smallint    not null,
    n           bigint      not null,
    primary key (minute, policy_area, region, source, shard)
);

-- The same by hour, of minutes that lie two days back: by it the surge rule knows what is usual.
create table if not exists crisis.intake_hours (
    hour        timestamptz not null,
    policy_area text        not null,
    region      text        not null,
    source      text        not null,
    n           bigint      not null,
    primary key (hour, policy_area, region, source)
);

-- The newest surge of each series of reports (policy area, region and kind of source), and the signal that says so.
create table if not exists crisis.surges (
    series     text        primary key,
    signal     text        not null,
    began_at   timestamptz not null,
    cleared_at timestamptz
);
create index if not exists surges_signal on crisis.surges (signal);
create index if not exists surges_running on crisis.surges (series) where cleared_at is null;

-- One row: up to which minute surges were looked for, and since when reports are counted.
create table if not exists crisis.surge_watch (
    one           boolean     primary key default true check (one),
    looked_at     timestamptz not null,
    counted_since timestamptz not null
);

-- Takes keys for cases that are being opened. Whoever took one of them meanwhile was faster, and nothing is opened: 23505.
create or replace function crisis.claim_alert_keys(keys uuid[], homes text[], olds text[], seen timestamptz[]) returns void language plpgsql as $$
declare
    taken int;
begin
    insert into crisis.alert_keys as k (key, escalation, seen_at, before)
    select u.key, u.home, u.seen, u.old from unnest(keys, homes, olds, seen) as u (key, home, old, seen) order by u.key
        on conflict (key) do update set escalation = excluded.escalation, seen_at = excluded.seen_at, before = excluded.before where k.escalation = excluded.before;
    get diagnostics taken = row_count;
    if taken < cardinality(keys) then
        raise unique_violation using message = 'alert key taken';
    end if;
end
$$;

-- The rules by which alerts become cases; the newest counts, the others stand for whoever asks why.
create table if not exists crisis.intake_rules (
    version bigint      generated always as identity primary key,
    body    text        not null,
    by      text        not null,
    at      timestamptz not null
);

-- Systems that send alerts by themselves, as their events say: held in memory by every node, which reads what was written after the turn it knows.
create table if not exists crisis.sources (
    key     text     primary key,
    body    text     not null,
    -- not heard of although it promised
    silent  boolean  not null,
    turn    bigint   not null
);
create index if not exists sources_turn on crisis.sources (turn);

-- One row, whose turn grows with each change of a source.
create table if not exists crisis.source_turn (
    one   boolean primary key default true check (one),
    turn  bigint  not null
);
insert into crisis.source_turn (turn) values (0) on conflict do nothing;

-- When a source was heard of, and how often; and by which of its keys. Written once a second by each node.
create table if not exists crisis.source_uses (
    source      text        primary key,
    last_heard  timestamptz not null,
    uses        bigint      not null
);
create table if not exists crisis.key_uses (
    source     text        not null,
    key_id     text        not null,
    last_used  timestamptz not null,
    uses       bigint      not null,
    primary key (source, key_id)
);

-- The message that did not arrive, instead of which this one goes by the next channel of its receiver; null for what goes by the first.
alter table crisis.deliveries add column if not exists fallback_of text;
-- It was seen to that it goes by the next channel, or there is none. What was there before this was is not sent anew.
alter table crisis.deliveries add column if not exists passed_on boolean not null default true;
alter table crisis.deliveries alter column passed_on set default false;
create index if not exists deliveries_stranded on crisis.deliveries (position)
    where (state = 'Exhausted' or (state = 'Suppressed' and reason in ('no-address', 'address-disabled', 'address-unverified')))
      and recipient like 'CNT-%' and covers is not null and endpoint <> '' and not passed_on;

-- Rows that change where they stand, in room that their pages keep: an update that changes nothing indexed then writes no index.
alter table crisis.escalations set (fillfactor = 75);
alter table crisis.queue_places set (fillfactor = 75);
alter table crisis.alert_keys set (fillfactor = 90);

-- Provable history, docs/decisions/history-tree.md: every event is a leaf of one Merkle tree, in the order in which they were committed.
-- One row: how many leaves there are, up to which number of the event sequence everything is chained, and the complete subtrees.
create table if not exists crisis.history (
    one      boolean primary key default true check (one),
    size     bigint  not null,
    position bigint  not null,
    complete bytea   not null
);
insert into crisis.history (size, position, complete) values (0, 0, '') on conflict do nothing;

create table if not exists crisis.history_leaves (
    position   bigint primary key,
    stream     text   not null,
    version    bigint not null,
    hash       bytea  not null,
    -- to what the event says; its salt goes when that is erased
    commitment bytea  not null,
    salt       bytea
);
create unique index if not exists history_leaves_stream on crisis.history_leaves (stream, version) include (position);

-- The complete subtrees above the leaves: 2^level leaves from place * 2^level on.
create table if not exists crisis.history_nodes (
    level smallint not null,
    place bigint   not null,
    hash  bytea    not null,
    primary key (level, place)
);

-- Where each stream stands in the tree, and the hashes of the buckets in which streams stand in the map of all tips.
create table if not exists crisis.history_tips (
    stream  text   primary key,
    version bigint not null,
    hash    bytea  not null,
    bucket  int    not null
);
create index if not exists history_tips_bucket on crisis.history_tips (bucket);
create table if not exists crisis.history_buckets (
    bucket int   primary key,
    hash   bytea not null
);
-- A head is made in pieces: what counts from the head of a size on, beside what counts before it.
alter table crisis.history_buckets alter column hash drop not null;
alter table crisis.history_buckets add column if not exists next bytea, add column if not exists next_size bigint;

-- Signed heads, as they are handed out.
create table if not exists crisis.history_heads (
    size bigint      primary key,
    at   timestamptz not null,
    head text        not null
);

-- Public keys that have signed heads, in base64.
create table if not exists crisis.history_keys (
    id         text        primary key,
    public_key text        not null,
    since      timestamptz not null
);

-- How far each anchor that keeps no place of its own has come.
create table if not exists crisis.history_anchors (
    name text   primary key,
    size bigint not null
);

-- Goes on from where the chain stood, or ends the whole batch: somebody else has chained.
create or replace function crisis.move_history(before bigint, after bigint, upto bigint, subtrees bytea) returns void language plpgsql as $$
begin
    update crisis.history set size = after, position = greatest(position, upto), complete = subtrees where size = before;
    if not found then
        raise exception 'the history has moved' using errcode = 'CRV01';
    end if;
end
$$;

-- Events whose words are no more: one that is chained later is chained without its salt.
create table if not exists crisis.history_erased (
    stream  text   not null,
    version bigint not null,
    primary key (stream, version)
);
do $$
begin
    -- Until December 2026 the words of cases stood in their rows, also those that were erased.
    if exists (select 1 from information_schema.columns where table_schema = 'crisis' and table_name = 'escalations' and column_name = 'words') then
        execute $move$
            insert into crisis.escalation_words (key, words)
            select e.key, case when h.stream is null then e.words else to_tsvector('simple', concat_ws(' ', e.key, r.data ->> 'title', r.data ->> 'allegation', r.data ->> 'externalRef')) end
              from crisis.escalations e
              left join crisis.history_erased h on h.stream = e.key and h.version = 1
              left join crisis.mt_events r on r.stream_id = h.stream and r.version = 1
            on conflict (key) do nothing
        $move$;
        alter table crisis.escalations drop column words;
    end if;
end
$$;
create index if not exists escalation_words_words on crisis.escalation_words using gin (words);

-- The text of an entry without its words; what an audience does not see stays so, and what is the same as core too.
create or replace function crisis.erased_text(entry text, mark text) returns text language sql immutable as $$
    select case when nullif(entry, '') is null then entry else ((entry::jsonb - 'body') || jsonb_build_object('headline', mark))::text end
$$;

-- The entry of an event without its words; a note that was corrected shows the words of its correction.
create or replace function crisis.erase_timeline(key text, entry bigint, mark text) returns void language sql as $$
    update crisis.timeline
       set core = crisis.erased_text(core, mark), cross_functional = crisis.erased_text(cross_functional, mark), executive = crisis.erased_text(executive, mark),
           partner = crisis.erased_text(partner, mark), public = crisis.erased_text(public, mark)
     where stream = key and version = entry;
    update crisis.timeline set cross_functional = crisis.erased_text(cross_functional, mark) where stream = key and amended_by = entry;
$$;

-- No state of this stream is kept for readers of the past, nor by one who is folding what was there before: whoever is keeping one has
-- finished, and whoever comes next finds that it was forgotten.
create or replace function crisis.forget_past(key text) returns void language sql as $$
    lock table crisis.history_snapshots in share row exclusive mode;
    delete from crisis.history_snapshots where stream = key;
    insert into crisis.history_forgotten as f (stream, times) values (key, 1) on conflict (stream) do update set times = f.times + 1;
$$;

-- Takes members of an event out of everything that holds them: the event, its timeline texts and their words, the snapshots of its stream, and
-- what was written to anybody of it, or came in and raised it. The hashes of what was sent and of what came in stay, as the commitment of the leaf does.
create or replace function crisis.erase_entry(key text, entry bigint, members text[], mark text) returns void language plpgsql as $$
declare
    member text;
begin
    -- Whoever chains moves this row: a page that is being written is waited for, and the next one sees what was erased.
    perform 1 from crisis.history for update;
    insert into crisis.history_erased (stream, version) values (key, entry) on conflict do nothing;
    update crisis.history_leaves set salt = null where stream = key and version = entry;
    foreach member in array members loop
        update crisis.mt_events set data = jsonb_set(data, string_to_array(member, '.'), to_jsonb(mark), false) where stream_id = key and version = entry;
    end loop;
    perform crisis.erase_timeline(key, entry, mark);
    update crisis.entry_words w set words = crisis.words_of(t) from crisis.timeline t
     where w.stream = key and t.stream = key and t.version = w.version and (t.version = entry or t.amended_by = entry);
    delete from crisis.snapshots where stream = key;
    perform crisis.forget_past(key);
    update crisis.deliveries
       set subject = mark, told = mark, body = convert_to(mark, 'UTF8'), state = case when state = 'Queued' then 'Cancelled' else state end, reason = case when state = 'Queued' then 'erased' else reason end
     where incident = key and (entry::text = any (covers) or entry = 1);
    -- The alert that raised the case says the same. Those that were folded into it say what others wrote.
    update crisis.alerts
       set body = (body::jsonb || jsonb_strip_nulls(jsonb_build_object(
               'title', mark, 'text', case when body::jsonb ? 'text' then mark end, 'contactRef', case when body::jsonb ? 'contactRef' then mark end)))::text
     where entry = 1 and escalation = key and reason = 'New';
end
$$;

-- What the planner need not know. Tables that only grow, ten thousand rows a second in a bad hour, are looked for by their keys, for which a small
-- sample does; and nothing is asked by what people wrote, by what is shown, or by who is named in a row. Sorting 30,000 payloads or lists for it at
-- each count took 30 % of PostgreSQL's processor time beside posting, and delayed a flood of alerts.
do $$
declare
    grown record;
begin
    for grown in
        select c.oid::regclass as name, a.attname as member, case when said.relname is not null or c.relname = 'mt_events' and a.attname in ('data', 'headers') then 0 else 10 end as target
          from pg_class c
          join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          left join (values
                ('timeline', '{core,cross_functional,executive,partner,public}'::text[]),
                ('idempotency', '{answer,body}'),
                ('history_leaves', '{hash,commitment,salt}'),
                ('history_nodes', '{hash}'),
                ('alerts', '{body,hash,reference,dedup_key,regions}'),
                ('escalations', '{card,partner_card,regions,regions_up,owners,named,glass,consulted,involved}'),
                ('escalation_words', '{words}'),
                ('queue_places', '{face,regions,regions_up,owners,named,glass,consulted,involved}')) said (relname, members)
            on said.relname = c.relname and a.attname = any (said.members)
         where c.relnamespace = 'crisis'::regnamespace and coalesce(a.attstattarget, -1) = -1 -- null from PostgreSQL 17 on
           and (said.relname is not null or c.relname in ('mt_events', 'timeline', 'idempotency', 'history_leaves', 'history_nodes', 'alerts', 'queue_places'))
    loop
        execute format('alter table %s alter column %I set statistics %s', grown.name, grown.member, grown.target);
    end loop;
end
$$;
