using System.Text;

namespace CrisisOps.Proof.Bundles;

/// <summary>Reads a line from left to right against what must stand there; once something else stands there, it has failed for good.</summary>
internal ref struct LineCursor(ReadOnlySpan<byte> line)
{
    /// <summary>No name in a bundle is longer.</summary>
    private const int LongestText = 200;

    private const int LongestNumber = 18;

    private ReadOnlySpan<byte> _rest = line;

    public bool Failed { get; private set; }

    /// <summary>Everything was read, and all of it was as it must be.</summary>
    public readonly bool Done => !Failed && _rest.IsEmpty;

    /// <summary>Takes this text if it stands there.</summary>
    public bool Takes(ReadOnlySpan<byte> text)
    {
        var there = !Failed && _rest.StartsWith(text);
        if (there)
        {
            _rest = _rest[text.Length..];
        }

        return there;
    }

    public void Expect(ReadOnlySpan<byte> text) => Failed = !Takes(text);

    /// <summary>A number without a sign and without zeros before it.</summary>
    public long Number()
    {
        var length = Failed ? 0 : _rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (length is < 1 or > LongestNumber || (_rest[0] == '0' && length > 1))
        {
            Failed = true;
            return 0;
        }

        var number = 0L;
        foreach (var digit in _rest[..length])
        {
            number = (number * 10) + (digit - '0');
        }

        _rest = _rest[length..];
        return number;
    }

    /// <summary>What stands before the next quotation mark: printable ASCII without escapes, as names are.</summary>
    public string Text()
    {
        var length = Failed ? 0 : _rest[..Math.Min(_rest.Length, LongestText + 1)].IndexOf((byte)'"');
        if (length < 1 || _rest[..length].ContainsAnyExceptInRange((byte)' ', (byte)'~') || _rest[..length].Contains((byte)'\\'))
        {
            Failed = true;
            return "";
        }

        var text = Encoding.ASCII.GetString(_rest[..length]);
        _rest = _rest[length..];
        return text;
    }

    public Digest Digest()
    {
        Proof.Digest digest = default;
        if (Failed || _rest.Length < Proof.Digest.TextSize || !Proof.Digest.TryParse(_rest[..Proof.Digest.TextSize], out digest))
        {
            Failed = true;
            return default;
        }

        _rest = _rest[Proof.Digest.TextSize..];
        return digest;
    }

    public void Bytes(Span<byte> bytes)
    {
        if (Failed || _rest.Length < 2 * bytes.Length || !Hex.TryRead(_rest[..(2 * bytes.Length)], bytes))
        {
            Failed = true;
            return;
        }

        _rest = _rest[(2 * bytes.Length)..];
    }

    /// <summary>What stands before the first of these texts, which is taken too.</summary>
    public ReadOnlySpan<byte> Until(ReadOnlySpan<byte> text)
    {
        var length = Failed ? -1 : _rest.IndexOf(text);
        if (length < 0)
        {
            Failed = true;
            return default;
        }

        var before = _rest[..length];
        _rest = _rest[(length + text.Length)..];
        return before;
    }

    /// <summary>What stands before this text, with which the line ends.</summary>
    public ReadOnlySpan<byte> UntilEnd(ReadOnlySpan<byte> text)
    {
        if (Failed || !_rest.EndsWith(text))
        {
            Failed = true;
            return default;
        }

        var before = _rest[..^text.Length];
        _rest = default;
        return before;
    }
}
