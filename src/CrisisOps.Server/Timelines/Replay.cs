using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Crises;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Timelines;

/// <summary>
/// One replay to one reader. What is sent after a wait is read after it: a right that went meanwhile is obeyed by the next entry. The
/// schedule is kept from the start on, so what reading takes is not added to the pace.
/// </summary>
/// <param name="clock">The reader's time: a test puts a virtual one here.</param>
/// <param name="span">The instants of the first and the last entry of all, UTC: what happens from now on is not part of this replay. Null when there is none.</param>
public sealed class Replay(
    ReplayWish wish, Caller caller, EventStream stream, TimelineQuery timelines, BoardFrames.Sequence? boards, TimeProvider clock, (DateTimeOffset First, DateTimeOffset Last)? span)
{
    /// <summary>The name of the clock by which readers of replays wait. The store's own clock jumps in scenarios.</summary>
    public const string Clock = "replay";

    private const int Page = 2000;

    /// <summary>Read ahead of a wait only to know how long it is.</summary>
    private const int PacedPage = 20;

    /// <summary>Entries from one word of progress to the next where nothing is waited for.</summary>
    private const int TellEvery = 1000;

    private readonly long _begun = clock.GetTimestamp();

    /// <summary>What was sent last.</summary>
    private ReplayCursor _sent = ReplayCursor.Start;

    /// <summary>The instant that the replay has reached; null before the first entry.</summary>
    private DateTimeOffset? _at = wish.Entries.From;

    /// <summary>When that was due, from the beginning of this request.</summary>
    private TimeSpan _due;

    public async Task Run(ReplayCursor from, CancellationToken cancellation)
    {
        _sent = from;
        _at = from.Place is { } place ? (wish.Entries.ByOccurred ? place.OccurredAt : place.RecordedAt) : _at;
        while (await Ahead(cancellation) is { } entries)
        {
            if (entries is [])
            {
                await End();
                return;
            }

            if (Planned(entries[0]) is { Ticks: > 0 } wait)
            {
                await Wait(entries[0], wait, cancellation);
                continue; // and is read again
            }

            foreach (var entry in entries.TakeWhile(e => Planned(e) == TimeSpan.Zero))
            {
                await Send(entry, cancellation);
            }

            await stream.Flush();
        }

        stream.Add("hidden", $"{{\"timeline\":\"{wish.Entries.Key}\"}}");
        await stream.Flush();
    }

    /// <summary>What comes next; null when the timeline does not exist for this reader any more.</summary>
    private async Task<TimelineEntry[]?> Ahead(CancellationToken cancellation)
    {
        var page = wish.Entries with { Limit = wish.Pace.Speed is null ? Page : PacedPage, After = _sent.Place };
        return await timelines.Read(page, caller, cancellation) is { } entries ? [.. entries.TakeWhile(e => wish.At(e) <= span?.Last)] : null;
    }

    private TimeSpan Planned(TimelineEntry entry) => _at is { } at ? wish.Pace.Wait(wish.At(entry) - at) : TimeSpan.Zero;

    private async Task Wait(TimelineEntry next, TimeSpan wait, CancellationToken cancellation)
    {
        stream.Add("progress", JsonSerializer.Serialize(new { _sent.Position, Share = Share(), Next = wish.At(next) - _at, NextIn = wait }, Json.Stored));
        await stream.Flush();
        for (var keepAlive = EventStream.KeepAliveEvery; keepAlive <= wait; keepAlive += EventStream.KeepAliveEvery)
        {
            await Until(_due + keepAlive, cancellation);
            stream.KeepAlive();
            await stream.Flush();
        }

        (_due, _at) = (_due + wait, wish.At(next));
        await Until(_due, cancellation);
    }

    private async Task Until(TimeSpan due, CancellationToken cancellation)
    {
        if (due - clock.GetElapsedTime(_begun) is { Ticks: > 0 } left)
        {
            await Task.Delay(left, clock, cancellation);
        }
    }

    private async Task Send(TimelineEntry entry, CancellationToken cancellation)
    {
        _sent = new ReplayCursor(entry.Place, _sent.Position + 1);
        _at = wish.At(entry);
        stream.Add("entry", entry.Json!, _sent.Write(wish.Clock));
        if (boards is not null && await boards.After(entry.Place, cancellation) is { } board)
        {
            stream.Add("board", JsonSerializer.Serialize(board, Json.Stored));
            await stream.Flush();
        }

        if (wish.Pace.Speed is null && _sent.Position % TellEvery == 0)
        {
            stream.Add("progress", JsonSerializer.Serialize(new { _sent.Position, Share = Share() }, Json.Stored));
        }
    }

    private async Task End()
    {
        stream.Add("end", JsonSerializer.Serialize(new { _sent.Position }, Json.Stored), (_sent with { Over = true }).Write(wish.Clock));
        await stream.Flush();
    }

    /// <summary>How much of the span has passed, from 0 to 1.</summary>
    private decimal Share() => span is not var (first, last) || last <= first ? 1
        : decimal.Round(decimal.Clamp((decimal)((_at ?? first) - first).Ticks / (last - first).Ticks, 0, 1), 4);
}
