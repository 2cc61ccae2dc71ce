using System.Buffers;
using System.Globalization;
using System.Text;
using CrisisOps.Proof.Bundles;

namespace CrisisOps.Proof.Tests;

/// <summary>A history in memory: what a server would have recorded, with everything that a bundle is made of.</summary>
internal sealed class RecordedHistory
{
    private readonly List<(EventLeaf Leaf, Digest Hash, byte[] Salt, byte[] Envelope, byte[] Data)> _events = [];
    private readonly Dictionary<string, (long Version, Digest Leaf)> _tips = [];
    private readonly List<SignedHead> _heads = [];

    public SigningKey Key { get; init; } = SigningKey.FromSeed(new byte[32]);

    public IReadOnlyList<SignedHead> Heads => _heads;

    /// <summary>Events whose content is withheld, by their positions.</summary>
    public Dictionary<long, string> Withheld { get; } = [];

    /// <summary>Two streams of a crisis among many others, with a head now and then.</summary>
    public static RecordedHistory OfNorland(int rounds = 12)
    {
        var history = new RecordedHistory();
        for (var i = 0; i < rounds; i++)
        {
            for (var other = 0; other <= i % 4; other++)
            {
                history.Record($"ESC-2027-00020{other}");
            }

            history.Record("CR-2027-0007");
            if (i % 2 == 0)
            {
                history.Record("ESC-2027-000101");
            }

            if (i % 3 == 2)
            {
                history.Sign();
            }
        }

        history.Record("ESC-2027-000209");
        history.Sign();
        return history;
    }

    public void Record(string stream, string? text = null)
    {
        var (version, previous) = _tips.GetValueOrDefault(stream);
        var salt = new byte[ContentCommitment.SaltSize];
        salt[0] = (byte)_events.Count;
        var envelope = Encoding.UTF8.GetBytes("""{"actor": "spec-04", "headers": {"tlp": "AMBER"}}""");
        var data = Encoding.UTF8.GetBytes("{\"text\": \"" + (text ?? $"Update {version + 1}, \\\",\\\"data\\\":{{}} ü") + "\"}");
        var leaf = new EventLeaf(stream, version + 1, "note_posted", new Guid(_events.Count, 0, 0, new byte[8]).ToString(), At(_events.Count), ContentCommitment.Of(salt, envelope, data));
        var hash = leaf.Hash(previous);
        _events.Add((leaf, hash, salt, envelope, data));
        _tips[stream] = (version + 1, hash);
    }

    /// <summary>Signs a head over everything so far.</summary>
    public void Sign(string? at = null) => _heads.Add(new TreeHead(_events.Count, Tree().Root(_events.Count), TipsMap.Root(Levels()), at ?? At(_events.Count), Key.Id).Sign(Key));

    /// <summary>Takes the newest events away, and the heads over them; what was chained is chained anew.</summary>
    public RecordedHistory Without(int newest)
    {
        var copy = new RecordedHistory { Key = Key };
        foreach (var e in _events.Take(_events.Count - newest))
        {
            copy._events.Add(e);
            copy._tips[e.Leaf.Stream] = (e.Leaf.Version, e.Hash);
        }

        copy._heads.AddRange(_heads.Where(h => h.Size <= copy._events.Count));
        return copy;
    }

    /// <summary>What was signed so far is not told any more.</summary>
    public void ForgetHeads(int but = 0) => _heads.RemoveRange(0, _heads.Count - but);

    public byte[] Export(params string[] streams) => ExportBy("reviewer-01", streams);

    public byte[] ExportBy(string exporter, params string[] streams)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new BundleWriter(output);
        var levels = Levels();
        writer.Header(new BundleHeader(LineWords.Format, streams[0], exporter, _heads[^1].At, _heads[^1], [Convert.ToBase64String(Key.PublicKey)], streams.Length));
        foreach (var stream in streams)
        {
            var bucket = TipsMap.BucketOf(TipsMap.IdOf(stream));
            writer.Stream(new StreamTip(stream, _tips[stream].Version, _tips[stream].Leaf, [.. Bucket(bucket).Select(e => new[] { e.Id, e.Value })], TipsMap.Siblings(levels, bucket)));
        }

        Events(writer, streams);
        writer.Timeline("""{"entryId":"CR-2027-0007@1","headline":"Proposed"}"""u8);
        writer.Timeline("""{"entryId":"CR-2027-0007@2","headline":"Declared"}"""u8);
        writer.Delivery("""{"id":"DLV-1","state":"Delivered"}"""u8);
        SignedHead? before = null;
        foreach (var head in _heads)
        {
            writer.Head(new HeadLine(head, before is null ? [] : [.. TreeProof.Consistency(before.Size, head.Size).Select(Tree().Hash)]));
            before = head;
        }

        writer.Manifest(Key);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The signed heads as an anchor keeps them.</summary>
    public AnchoredHeads Anchored(int? first = null) =>
        AnchoredHeads.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', _heads.Take(first ?? _heads.Count).Select(h => System.Text.Json.JsonSerializer.Serialize(h, LineJson.Options))))))!;

    private void Events(BundleWriter writer, string[] streams)
    {
        var at = 0L;
        for (var i = 0; i < _events.Count; i++)
        {
            var e = _events[i];
            if (!streams.Contains(e.Leaf.Stream))
            {
                continue;
            }

            Skip(writer, at, i);
            var withheld = Withheld.GetValueOrDefault(i);
            writer.Event(i, e.Leaf, e.Hash, withheld, withheld is null ? new EventContent(e.Salt, e.Envelope, e.Data) : default);
            at = i + 1;
        }

        Skip(writer, at, _events.Count);
    }

    private void Skip(BundleWriter writer, long from, long to)
    {
        if (from < to)
        {
            writer.Skip(new Skip(from, to, [.. new TreeSpan(from, to).Cover().Select(n => Tree().Hash(new TreeSpan(n.Index << n.Level, (n.Index + 1) << n.Level)))]));
        }
    }

    private FullTree Tree() => new([.. _events.Select(e => e.Hash)]);

    private List<TipEntry> Bucket(int bucket) =>
        [.. _tips.Select(t => new TipEntry(TipsMap.IdOf(t.Key), TipsMap.ValueOf(t.Value.Version, t.Value.Leaf))).Where(e => TipsMap.BucketOf(e.Id) == bucket).OrderBy(e => e.Id.ToString(), StringComparer.Ordinal)];

    private IReadOnlyList<IReadOnlyDictionary<int, Digest>> Levels() =>
        TipsMap.Levels(_tips.Keys.Select(s => TipsMap.BucketOf(TipsMap.IdOf(s))).Distinct().ToDictionary(b => b, b => TipsMap.BucketHash(Bucket(b))));

    private static string At(int second) => new DateTime(2027, 5, 15, 14, 0, 0, DateTimeKind.Utc).AddSeconds(second).ToString(TreeHead.InstantFormat, CultureInfo.InvariantCulture);
}
