using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Risks;

/// <summary>
/// Judges every full minute once, in order, also those that went by while nobody looked or while the clock was moved over them. How far it has come is kept
/// in the store; what it gives twice is refused the second time, so a node that dies in between costs nothing.
/// </summary>
public sealed class SurgeWatch(NpgsqlDataSource database, SurgeVolume volume, TimeProvider clock, Rules rules, IServiceScopeFactory scopes)
{
    /// <summary>Minutes further back are not judged any more: what was a surge then helps nobody.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromHours(24);

    /// <summary>After the last report everything that can still turn has turned by then.</summary>
    private static readonly TimeSpan _settled = SurgeRule.Window * (SurgeRule.QuietWindows + 1);

    private Foreseen? _foreseen;

    public DateTimeOffset Minute => Floor(clock.GetUtcNow());

    /// <summary>Judges what has not been judged; false when a command could not be taken now. One node at a time.</summary>
    public async Task<bool> Look(CancellationToken cancellation)
    {
        var (upto, position) = (Minute, await Position(cancellation));
        if (position.LookedAt >= upto)
        {
            return true;
        }

        var signals = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (series, turn) in await Turns(position.LookedAt, upto, position.Since, cancellation))
        {
            if (series.Signal is { } known)
            {
                signals.TryAdd(series.Series.Id, known);
            }

            if (!await Give(series.Series, turn, signals, cancellation))
            {
                return false;
            }
        }

        await using var command = database.Statement("update crisis.surge_watch set looked_at = greatest(looked_at, $1)", upto);
        await command.ExecuteNonQueryAsync(cancellation);
        return true;
    }

    /// <summary>The first minute not judged yet at which something turns, if nothing more is reported; null when nothing does.</summary>
    public async Task<DateTimeOffset?> Next(CancellationToken cancellation)
    {
        var position = await Position(cancellation);
        var newest = await volume.Newest(cancellation);
        // Whoever moves the clock asks again and again, and as a rule nothing was reported since.
        if (_foreseen is not { } foreseen || foreseen.LookedAt != position.LookedAt || foreseen.Newest != newest)
        {
            var last = newest?.Minute > position.LookedAt ? newest.Value.Minute : position.LookedAt;
            _foreseen = foreseen = new Foreseen(position.LookedAt, newest, await Turns(position.LookedAt, last + _settled, position.Since, cancellation) is [var (_, turn), ..] ? turn.At : null);
        }

        return foreseen.Next;
    }

    private async Task<IReadOnlyList<(WatchedSeries Series, SurgeTurn Turn)>> Turns(DateTimeOffset after, DateTimeOffset upto, DateTimeOffset since, CancellationToken cancellation)
    {
        after = after > Minute - Bound ? after : Minute - Bound;
        var watched = await volume.Between(after, upto, since, cancellation);
        return [.. watched.SelectMany(s => rules.Risks.Surge.Between(after, upto, s.Counts, s.Last).Select(turn => (Series: s, Turn: turn))).OrderBy(t => t.Turn.At)];
    }

    private async Task<bool> Give(SurgeSeries series, SurgeTurn turn, Dictionary<string, string> signals, CancellationToken cancellation)
    {
        Reply reply;
        if (turn is SurgeTurn.Detected detected)
        {
            var command = new DetectSurge(series, turn.Observed, Shown(turn.Usual), detected.Threshold, turn.At) { OccurredAt = turn.At };
            reply = await scopes.Give(null, command, cancellation);
            if (reply is Reply.Done done)
            {
                signals[series.Id] = done.Key;
            }
        }
        else if (signals.TryGetValue(series.Id, out var signal))
        {
            reply = await scopes.Give(signal, new ClearSurge(turn.Observed, Shown(turn.Usual), turn.At) { OccurredAt = turn.At }, cancellation);
        }
        else
        {
            return true; // it was refused: another node had said so, and the next look knows its signal
        }

        return reply is not (Reply.Busy or Reply.Gone);
    }

    /// <summary>Up to which minute it has judged, and since when anything is counted. In a new store it begins now.</summary>
    private async Task<(DateTimeOffset LookedAt, DateTimeOffset Since)> Position(CancellationToken cancellation)
    {
        while (true)
        {
            await using (var command = database.Statement("select looked_at, least(counted_since, (select hour from crisis.intake_hours order by hour limit 1)) from crisis.surge_watch"))
            {
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                if (await reader.ReadAsync(cancellation))
                {
                    return (reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<DateTimeOffset>(1));
                }
            }

            await using var begin = database.Statement("insert into crisis.surge_watch (looked_at, counted_since) values ($1, $1) on conflict do nothing", Minute);
            await begin.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <param name="Next">What comes next as long as the other two stay.</param>
    private sealed record Foreseen(DateTimeOffset LookedAt, (DateTimeOffset Minute, long Reports)? Newest, DateTimeOffset? Next);

    private static decimal? Shown(UsualReports? usual) => usual is { } known ? (decimal)Math.Round(known.Mean, 2) : null;

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
