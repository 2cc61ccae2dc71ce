using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>
/// States as they were. Events are folded in the order of their versions, on whichever clock: those that count are a part of what the
/// write path folded, in its order.
/// </summary>
public sealed class PastStates(NpgsqlDataSource database, EventTypes types, StreamKinds kinds, HistorySnapshots snapshots)
{
    /// <summary>The state of one stream; at version 0 when it was not there yet.</summary>
    public async Task<HeldState> Load(string key, Past past, CancellationToken cancellation) => (await Load([key], past, cancellation))[key];

    /// <summary>The states of several streams; one that was not there yet comes as its empty state at version 0.</summary>
    public async Task<Dictionary<string, HeldState>> Load(IReadOnlyCollection<string> keys, Past past, CancellationToken cancellation)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var folds = (await snapshots.Before(keys, past, cancellation)).ToDictionary(start => start.Key, start => new Fold(kinds.Of(start.Key), start), StringComparer.Ordinal);
        // The inner rows come in the order of their versions and one stream after the other, with no sort in between: a long stream is folded while it is read.
        await using var command = database.Statement(
            $"""
            select e.* from unnest($1::text[], $2::bigint[]) as w (stream, version) cross join lateral (
                select {EventRow.Columns} from crisis.mt_events e
                 where e.stream_id = w.stream and e.version > w.version and e.version <= $3 and {(past.Occurred ? Past.OccurredAt("e") : "e.timestamp")} <= $4
                 order by e.version) e
            """,
            folds.Keys.ToArray(), folds.Values.Select(f => f.Held.Version).ToArray(), past.Version ?? long.MaxValue, past.Until);
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            Fold? fold = null;
            while (await reader.ReadAsync(cancellation))
            {
                var row = EventRow.Read(reader, types);
                fold = fold?.Key == row.Stream ? fold : folds[row.Stream];
                fold.Add(row, past.Occurred);
            }
        }

        foreach (var fold in past.Occurred ? [] : folds.Values.Where(f => f.Long))
        {
            await snapshots.Keep(fold.Start, fold.Kept(), cancellation);
        }

        return folds.Values.ToDictionary(f => f.Key, f => f.Held, StringComparer.Ordinal);
    }

    /// <summary>One stream under way from where a snapshot left it.</summary>
    private sealed class Fold(StreamKind kind, HistoryStart start)
    {
        private readonly List<HeldState> _marks = [];
        private int _folded;

        public string Key => start.Key;

        public HistoryStart Start => start;

        public HeldState Held { get; private set; } = start.Held;

        public bool Long => _folded > HistorySnapshots.Every;

        /// <summary>States on the way, the denser the nearer to the end: who asks for one instant often asks for one a little earlier next.</summary>
        public List<HeldState> Kept()
        {
            List<HeldState> kept = [];
            for (var back = 0; back < _marks.Count; back = back == 0 ? 1 : back * 2)
            {
                kept.Add(_marks[^(back + 1)]);
            }

            return kept;
        }

        public void Add(EventRow row, bool occurred)
        {
            // What was noted before the first event had occurred is of a stream that was not there.
            if (Held.Version == 0 && row.Stamp.Version > 1)
            {
                return;
            }

            if (Next(row, occurred) is not { } state)
            {
                return;
            }

            Held = new HeldState(state, row.Stamp.Version, row.Stamp.RecordedAt);
            _folded++;
            if (row.Stamp.Version % HistorySnapshots.Every == 0)
            {
                _marks.Add(Held);
            }
        }

        /// <summary>Null for an event that rests on one which had not occurred yet, as the correction of a later update: so it had not either.</summary>
        private object? Next(EventRow row, bool occurred)
        {
            try
            {
                return kind.Fold(Held.State, row.Data, row.Stamp);
            }
            catch (Exception) when (occurred)
            {
                return null;
            }
        }
    }
}
