namespace CrisisOps.Server.Escalations;

/// <summary>
/// What the queue of a reader begins with: enough rows for a page. The clock changes the order of rows that are here, but not which ones are,
/// until another legal deadline comes near.
/// </summary>
/// <param name="Limit">Rows of a page.</param>
/// <param name="ReadAt">The instant it was read for.</param>
/// <param name="Near">Those with a near legal deadline, whatever their part.</param>
/// <param name="Rows">Of each part that is needed for the page, from each of its spans and scopes as many as the page may need.</param>
internal sealed record QueueFront(int Limit, DateTimeOffset ReadAt, IReadOnlyList<QueueRow> Near, IReadOnlyList<QueueRow> Rows)
{
    /// <summary>Which transactions it has seen: a <c>pg_snapshot</c>.</summary>
    public string Snapshot { get; init; } = "";

    /// <summary>When the next legal deadline comes near.</summary>
    public DateTimeOffset NextNear { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Whether the same rows make the page at that instant, if nothing moves. Of more near legal deadlines than a page holds, others may come first later.</summary>
    public bool Holds(int limit, DateTimeOffset now) => Limit == limit && now >= ReadAt && now < NextNear && Near.Count <= Limit;

    /// <summary>The rows in their order at that instant; a case that is filed under two scopes once.</summary>
    public List<QueueRow> At(DateTimeOffset now)
    {
        var micros = QueueRow.Micros(now);
        var rows = new List<QueueRow>(Near.Count + Rows.Count);
        var sorted = true;
        foreach (var row in Near.Concat(Rows))
        {
            var then = row.At(micros);
            sorted = sorted && (rows.Count == 0 || QueueRow.InOrder(rows[^1], then) < 0);
            rows.Add(then);
        }

        if (sorted)
        {
            return rows;
        }

        rows.Sort(QueueRow.InOrder);
        return [.. rows.Where((row, number) => number == 0 || QueueRow.InOrder(rows[number - 1], row) != 0)];
    }
}
