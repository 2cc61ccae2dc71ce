namespace CrisisOps.Server.Rebuilds;

/// <summary>A table that follows from the events alone, so that it can be built anew and compared. A test holds this list against the schema.</summary>
/// <param name="Stream">The column with the key of the stream that a row follows from.</param>
/// <param name="Apart">Columns that say when or where a row was written, and not what follows from the events: not compared, and kept.</param>
public sealed record ReadModel(string Table, string Stream, params string[] Apart)
{
    public static readonly IReadOnlyList<ReadModel> All =
    [
        // The transaction that wrote a row is the place of a live reader, which a rebuild must not move.
        new("timeline", "stream", "xid"),
        new("places", "stream", "xid"),
        new("escalations", "key"),
        new("escalation_words", "key"),
        new("queue_places", "key"),
        new("clocks", "stream"),
        new("cards", "key"),
        new("claims", "stream"),
        // A deadline that fires and finds nothing owed is settled by its watcher then; no event says when.
        new("deadlines", "stream", "leased_until", "settled_at"),
        new("sources", "key", "turn"),
        new("surges", "signal"),
    ];

    /// <summary>Tables that are records of their own, or notes of what a node does: nothing could make them again from the events.</summary>
    public static readonly IReadOnlyList<string> OwnRecords =
    [
        "alert_counts", "alert_folds", "alert_keys", "alert_places", "alerts", "book", "contact_addresses", "delays", "deliveries", "delivery_attempts", "digests", "duty", "endpoint_health", "entry_words",
        "facts", "failed_reactions",
        "history", "history_anchors", "history_buckets", "history_erased", "history_forgotten", "history_heads", "history_keys", "history_leaves", "history_nodes", "history_snapshots", "history_tips",
        "idempotency", "intake_hours", "intake_rules", "intake_volume", "key_counters", "key_uses", "people", "queue_moves", "reads", "settings",
        "sight_changes", "snapshots", "source_turn", "source_uses", "subscriptions", "surge_watch", "templates", "unlinks",
    ];
}
