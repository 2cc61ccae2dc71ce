using System.Security.Cryptography;

namespace CrisisOps.Proof.Bundles;

/// <summary>
/// Verifies a bundle in one pass, with nothing but what is given: it builds the tree anew out of the events and of the hashes of what lies
/// between them, and compares it with the head that was signed. Memory grows with the number of streams, and with nothing else.
/// </summary>
/// <param name="trusted">The keys that may have signed; null to take those that the bundle names.</param>
/// <param name="anchored">Heads that were kept elsewhere; null for none.</param>
/// <param name="progress">Hears now and then how many bytes were read.</param>
public sealed class BundleVerifier(PublicKeys? trusted = null, AnchoredHeads? anchored = null, Action<long>? progress = null)
{
    private const int ReportEvery = 4096;

    private readonly BundleFacts _facts = new();
    private readonly StreamCheck _streams = new();
    private readonly HeadCheck _heads = new(anchored);
    private readonly CompactRange _tree = new();
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private PublicKeys _keys = trusted ?? new PublicKeys();
    private string _stage = LineWords.Header;
    private long _number;
    private long _begins;

    public Verification Verify(Stream bundle)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reader = new LineReader(bundle);
        while (reader.Next(out var line))
        {
            _number++;
            if (reader.TooLong)
            {
                return Fault(_stage, "the line is longer than any of a bundle can be");
            }

            if (_stage == LineWords.Manifest)
            {
                return Fault(_stage, "something follows the manifest");
            }

            if (!reader.Ended)
            {
                return Fault(LineParts.Of(line, _counts, _number == 1 ? "nothing" : _stage), "the bundle ends inside of this line: it is incomplete", incomplete: true);
            }

            var fault = line.StartsWith("{\"kind\":\"manifest\""u8) ? Manifest(line, reader.Bytes - line.Length - 1, hash) : Take(line);
            if (fault is not null)
            {
                return new Verification(fault, _facts);
            }

            hash.AppendData(line);
            hash.AppendData("\n"u8);
            if (_number % ReportEvery == 0)
            {
                progress?.Invoke(reader.Bytes);
            }
        }

        _number = _stage == LineWords.Manifest ? _number : _number + 1;
        return _stage == LineWords.Manifest ? new Verification(null, _facts) : Fault("manifest", "it is missing: the export was cut off, and the bundle is incomplete", incomplete: true);
    }

    private BundleFault? Take(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("{\"kind\":\"event\","u8))
        {
            return Reach(LineWords.Event) ?? Event(line);
        }

        var part = LineParts.Of(line, _counts, _number == 1 ? "nothing" : _stage);
        if (LineParts.KindOf(line) is not { } kind)
        {
            return At(part, "it begins like no line of a bundle");
        }

        if (Reach(kind == LineWords.Skip ? LineWords.Event : kind) is { } early)
        {
            return early;
        }

        if (!Frame.TryRead(line, kind, out var frame))
        {
            return At(part, "it is not of the form that it must have");
        }

        var n = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        part = LineParts.Name(kind, frame.N);
        return frame.N != n ? At(part, $"it stands where {kind} {n} must stand: something was taken out, put in or moved")
            : !frame.Whole ? At(part, "it was changed")
            : Read(kind, frame.Body) is { } why ? At(part, why)
            : null;
    }

    private string? Read(string kind, ReadOnlySpan<byte> body) => kind switch
    {
        LineWords.Header => Header(LineJson.Read<BundleHeader>(body)),
        LineWords.Stream => LineJson.Read<StreamTip>(body) is { } tip ? _streams.Declare(tip, _facts.Header!.Head.Tips) : Malformed,
        LineWords.Skip => LineJson.Read<Skip>(body) is { } skip ? Skipped(skip) : Malformed,
        LineWords.Head => LineJson.Read<HeadLine>(body) is { } head ? (head.Head.SignedBy(_keys) ? _heads.Take(head) : Unsigned(head.Head.KeyId)) : Malformed,
        LineWords.Timeline => Count(() => _facts.Timeline++),
        _ => Count(() => _facts.Deliveries++),
    };

    private const string Malformed = "it does not say what it must say";

    private static string? Count(Action add)
    {
        add();
        return null;
    }

    private string? Header(BundleHeader? header)
    {
        if (header is null)
        {
            return Malformed;
        }

        if (header.Format != LineWords.Format)
        {
            return $"it is of format {header.Format}; this program reads format {LineWords.Format}";
        }

        _facts.Header = header;
        if (trusted is null && !header.Keys.All(AddKey))
        {
            return "a key in it is no Ed25519 key";
        }

        return header.Head.SignedBy(_keys) ? null : Unsigned(header.Head.KeyId);
    }

    private bool AddKey(string? key)
    {
        var bytes = new byte[key?.Length ?? 0];
        return key is not null && Convert.TryFromBase64String(key, bytes, out var length) && _keys.Add(bytes.AsSpan(0, length));
    }

    private string Unsigned(string keyId) => _keys.Ids.Contains(keyId) ? "its signature does not fit" : $"it is signed with the key {keyId}, which is none of the keys that are trusted";

    private BundleFault? Event(ReadOnlySpan<byte> line)
    {
        var read = EventLine.TryRead(line, out var @event);
        var part = $"event {@event.Leaf.Stream}@{@event.Leaf.Version}";
        if (!read)
        {
            return At(LineParts.Of(line, _counts, _number == 1 ? "nothing" : _stage), "it is not of the form that it must have");
        }

        if (@event.Position != _tree.Size)
        {
            return At(part, $"it stands at position {_tree.Size} and says {@event.Position}: something was taken out, put in or moved");
        }

        if (_streams.Take(@event) is { } why)
        {
            return At(part, why);
        }

        if (!_tree.Fits(0))
        {
            return At(part, "no tree is that large");
        }

        _begins = _facts.Events == 0 ? @event.Position : _begins;
        _tree.Append(@event.LeafHash);
        _facts.Events++;
        if (@event.Withheld is { } withheld)
        {
            _facts.Withheld[withheld] = _facts.Withheld.GetValueOrDefault(withheld) + 1;
        }

        return null;
    }

    private string? Skipped(Skip skip)
    {
        if (skip.From != _tree.Size || skip.To <= skip.From || skip.To > _facts.Header!.Head.Size)
        {
            return $"it is not about what follows position {_tree.Size}";
        }

        TreeNode[] cover = [.. new TreeSpan(skip.From, skip.To).Cover()];
        if (cover.Length != skip.Nodes.Count)
        {
            return "it has not as many hashes as it must have";
        }

        foreach (var (node, hash) in cover.Zip(skip.Nodes))
        {
            if (!_tree.Fits(node.Level))
            {
                return "no tree is that large";
            }

            _tree.Append(hash, node.Level);
        }

        _facts.Skips++;
        return null;
    }

    private BundleFault? Manifest(ReadOnlySpan<byte> line, long bytes, IncrementalHash hash)
    {
        const string part = LineWords.Manifest;
        if (Reach(part) is { } early)
        {
            return early;
        }

        if (!Frame.TryRead(line, part, out var frame) || frame.N != 1)
        {
            return At(part, "it is not of the form that it must have");
        }

        if (!frame.Whole)
        {
            return At(part, "it was changed");
        }

        if (LineJson.Read<BundleManifest>(frame.Body) is not { } manifest)
        {
            return At(part, Malformed);
        }

        if (!_keys.Verify(manifest.KeyId, BundleWriter.ToSign(manifest), manifest.Signature))
        {
            return At(part, Unsigned(manifest.KeyId));
        }

        var counted = manifest with
        {
            Lines = _number - 1,
            Events = _facts.Events,
            Withheld = _facts.Withheld.Values.Sum(),
            Skips = _facts.Skips,
            Timeline = _facts.Timeline,
            Deliveries = _facts.Deliveries,
            Heads = _heads.Count,
            Bytes = bytes,
            Sha256 = Digest.Read(hash.GetHashAndReset()),
        };
        return counted == manifest ? null : At(part, "the lines before it are not those that it was made for");
    }

    /// <summary>Goes on to lines of this kind, if those before them are complete.</summary>
    private BundleFault? Reach(string kind)
    {
        if (_stage == kind)
        {
            return kind == LineWords.Header && _number > 1 ? At(kind, "there is a second one") : null;
        }

        var (from, to) = (Array.IndexOf(LineWords.Order, _stage), Array.IndexOf(LineWords.Order, kind));
        if (to < from || _number == 1)
        {
            return At(kind, _number == 1 ? "a bundle begins with its header" : $"it stands after {LineWords.Order[from]} lines, where none may be");
        }

        var events = Array.IndexOf(LineWords.Order, LineWords.Event);
        _stage = kind;
        return (from < events && to >= events ? AllStreams() : null) ?? (from <= events && to > events ? AllEvents() : null) ?? (kind == LineWords.Manifest ? AllHeads() : null);
    }

    private BundleFault? AllStreams()
    {
        foreach (var (stream, version) in _streams.Versions)
        {
            _facts.Streams[stream] = version;
        }

        return _streams.Count == _facts.Header!.Streams && _facts.Streams.ContainsKey(_facts.Header.Crisis) ? null : At(LineWords.Stream, "not all streams that the header announces are there");
    }

    private BundleFault? AllEvents()
    {
        var head = _facts.Header!.Head;
        return _streams.Close() is { } why ? At(LineWords.Event, why)
            : _tree.Size != head.Size ? At(LineWords.Event, $"there are {_tree.Size} positions; the head is over {head.Size}")
            : _tree.Root() != head.Root ? At(LineWords.Event, "the tree over the events is not the one that was signed: an event or a skip was replaced together with its hash")
            : null;
    }

    private BundleFault? AllHeads() => _heads.Close(_facts.Header!.Head, _begins, _facts) is { } fault ? At(fault.Part, fault.Why) : null;

    private Verification Fault(string part, string why, bool incomplete = false) => new(new BundleFault(_number, part, why) { Incomplete = incomplete }, _facts);

    private BundleFault At(string part, string why) => new(_number, part, why);
}
