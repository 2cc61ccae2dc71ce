using System.IO.Pipelines;
using System.Text;
using CrisisOps.Domain.Shared;
using CrisisOps.Proof;
using CrisisOps.Proof.Bundles;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Timelines;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>
/// Writes the bundle of a crisis: what docs/proving-an-export.md describes. It is read page by page, and a page is only read when the one before
/// has gone out, so a million entries take no more memory than a thousand.
/// </summary>
public sealed class BundleExport(
    NpgsqlDataSource database, ExportedStreams streams, ExportedEvents events, HistoryNodes nodes, Chain chain, Heads heads, HistoryKey key, Anchoring anchoring, TimelineQuery timelines, TimeProvider clock)
{
    private const int Page = 1000;
    private const int FlushAt = 64 * 1024;

    /// <summary>Everything that must hold before the first byte: the head, and the proofs of where the streams stood at it.</summary>
    public async Task<BundleStart> Begin(string crisis, Caller caller, CancellationToken cancellation)
    {
        var held = await streams.Of(crisis, caller, cancellation);
        await using var turn = await ClusterTurn.Next(database, ClusterTurn.History, cancellation);
        await chain.CatchUp(held, cancellation);
        var head = await heads.Make(cancellation) ?? throw new InvalidOperationException("A crisis has events, so a history with one has a head.");
        return new BundleStart(crisis, caller, head, await heads.Tips(held, cancellation));
    }

    /// <summary>Writes all of it. Whatever throws leaves a bundle without a manifest, which everybody sees.</summary>
    public async Task Write(BundleStart start, HttpContext http, CancellationToken cancellation)
    {
        var output = http.Response.BodyWriter;
        await anchoring.Now(cancellation);
        using var bundle = new BundleWriter(output);
        var known = await key.All(cancellation);
        bundle.Header(new BundleHeader(
            LineWords.Format, start.Crisis, start.Caller.Id, Heads.Text(clock.GetUtcNow()), start.Head, [.. known.Select(k => k.PublicKey)], start.Tips.Count));
        foreach (var tip in start.Tips)
        {
            bundle.Stream(tip);
            await Flush(output, cancellation);
        }

        var (first, redacted) = await Events(start, bundle, output, cancellation);
        await Timeline(start, redacted, bundle, http, cancellation);
        await Deliveries(start, bundle, http, cancellation);
        await HeadsSince(first, start.Head, bundle, output, cancellation);
        bundle.Manifest(key.Signing);
        await output.FlushAsync(cancellation);
    }

    /// <summary>The events with the hashes of what lies between them; gives where the first one stands, and which entries are redacted.</summary>
    private async Task<(long First, HashSet<string> Redacted)> Events(BundleStart start, BundleWriter bundle, PipeWriter output, CancellationToken cancellation)
    {
        var upto = start.Tips.ToDictionary(tip => tip.Stream, tip => tip.Version, StringComparer.Ordinal);
        var after = upto.ToDictionary(tip => tip.Key, _ => 0L, StringComparer.Ordinal);
        var redacted = new HashSet<string>(StringComparer.Ordinal);
        var (first, at) = (-1L, 0L);
        while (await events.Read(after, upto, start.Caller, cancellation) is var page && (page ?? throw new ExportEndedException()).Count > 0)
        {
            var between = await nodes.Of(Gaps(page, at), cancellation);
            foreach (var e in page)
            {
                Skip(bundle, new TreeSpan(at, e.Position), between);
                bundle.Event(e.Position, e.Event.Leaf(e.Commitment), e.Hash, e.Withheld, new EventContent(e.Salt, e.Event.Envelope, e.Event.Data));
                if (e.Withheld is LineWords.Redacted or LineWords.Erased)
                {
                    redacted.Add($"{e.Event.Stream}@{e.Event.Version}");
                }

                (first, at, after[e.Event.Stream]) = (first < 0 ? e.Position : first, e.Position + 1, e.Event.Version);
                await Flush(output, cancellation);
            }
        }

        TreeSpan rest = new(at, start.Head.Size);
        Skip(bundle, rest, await nodes.Of([rest], cancellation));
        return (first, redacted);
    }

    private static IEnumerable<TreeSpan> Gaps(IEnumerable<ExportedEvent> page, long at)
    {
        foreach (var e in page)
        {
            yield return new TreeSpan(at, e.Position);
            at = e.Position + 1;
        }
    }

    private static void Skip(BundleWriter bundle, TreeSpan span, Dictionary<TreeNode, Digest> hashes)
    {
        if (span.From < span.To)
        {
            bundle.Skip(new Skip(span.From, span.To, [.. span.Cover().Select(node => hashes[node])]));
        }
    }

    /// <summary>The entries as the reader reads them; what is redacted is not said here either, and what was written after the head is left for the next export.</summary>
    private async Task Timeline(BundleStart start, HashSet<string> redacted, BundleWriter bundle, HttpContext http, CancellationToken cancellation)
    {
        var upto = start.Tips.ToDictionary(tip => tip.Stream, tip => tip.Version, StringComparer.Ordinal);
        var wish = new TimelineWish(start.Crisis, Page);
        while ((await timelines.Read(wish, start.Caller, cancellation) ?? throw new ExportEndedException()) is { Count: > 0 } entries)
        {
            // Those of the streams that it holds were noted before it began.
            await ReadLog.Opened(http, entries.Where(e => !upto.ContainsKey(e.Place.Stream)).Select(e => e.Json));
            foreach (var entry in entries.Where(e => !upto.TryGetValue(e.Place.Stream, out var end) || e.Place.Version <= end))
            {
                var id = $"{entry.Place.Stream}@{entry.Place.Version}";
                bundle.Timeline(redacted.Contains(id) ? Encoding.UTF8.GetBytes($"{{\"entryId\":\"{id}\",\"withheld\":\"{LineWords.Redacted}\"}}") : entry.Json);
                await Flush(http.Response.BodyWriter, cancellation);
            }

            wish = wish with { After = entries[^1].Place };
        }
    }

    private async Task Deliveries(BundleStart start, BundleWriter bundle, HttpContext http, CancellationToken cancellation)
    {
        var after = 0L;
        while (await ListDeliveries.Lines(database, start.Crisis, start.Caller, after, Page, cancellation) is { Count: > 0 } lines)
        {
            await ReadLog.Opened(http, lines.Select(l => l.Line));
            foreach (var (position, line) in lines)
            {
                bundle.Delivery(line);
                after = position;
                await Flush(http.Response.BodyWriter, cancellation);
            }
        }
    }

    /// <summary>The head before the first event and every one since, each with the proof that the one before it is its beginning.</summary>
    private async Task HeadsSince(long first, SignedHead last, BundleWriter bundle, PipeWriter output, CancellationToken cancellation)
    {
        var before = await heads.Upto(first, cancellation);
        if (before is not null)
        {
            bundle.Head(new HeadLine(before, []));
        }

        while ((before?.Size ?? first) < last.Size && await heads.After(before?.Size ?? first, last.Size, Page, cancellation) is { Count: > 0 } page)
        {
            foreach (var head in page)
            {
                bundle.Head(new HeadLine(head, before is null ? [] : await nodes.Hashes(TreeProof.Consistency(before.Size, head.Size), cancellation)));
                before = head;
                await Flush(output, cancellation);
            }
        }
    }

    private static async ValueTask Flush(PipeWriter output, CancellationToken cancellation)
    {
        if (output.UnflushedBytes > FlushAt && (await output.FlushAsync(cancellation)).IsCompleted)
        {
            throw new ExportEndedException();
        }
    }
}

/// <summary>What a bundle is made from.</summary>
/// <param name="Tips">Where its streams stood at the head, the crisis first.</param>
public sealed record BundleStart(string Crisis, Caller Caller, SignedHead Head, IReadOnlyList<StreamTip> Tips);

/// <summary>The reader has gone, or may read no more: the bundle ends here, without a manifest.</summary>
public sealed class ExportEndedException() : Exception("The export ended before it was complete.");
