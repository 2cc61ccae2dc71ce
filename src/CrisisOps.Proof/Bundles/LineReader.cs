namespace CrisisOps.Proof.Bundles;

/// <summary>Reads lines up to a longest one, however long a line claims to be.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>No line of a bundle is longer: an event has at most some hundred kilobytes.</summary>
    public const int Longest = 8 * 1024 * 1024;

    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private bool _over;

    /// <summary>Bytes of all lines so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>The line ends with a line break.</summary>
    public bool Ended { get; private set; }

    /// <summary>The line is longer than any may be; nothing more can be read.</summary>
    public bool TooLong { get; private set; }

    /// <summary>The next line without its line break; false at the end.</summary>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        line = default;
        var searched = _start;
        int at;
        while ((at = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n')) < 0)
        {
            searched = _end;
            if (_over || TooLong)
            {
                return Rest(out line);
            }

            searched -= Fill();
        }

        at += searched;
        line = _buffer.AsSpan(_start, at - _start);
        Bytes += at + 1 - _start;
        _start = at + 1;
        Ended = true;
        return true;
    }

    private bool Rest(out ReadOnlySpan<byte> line)
    {
        line = _buffer.AsSpan(_start, _end - _start);
        Bytes += line.Length;
        _start = _end;
        Ended = false;
        return !line.IsEmpty;
    }

    /// <summary>Reads more; gives by how much the line has moved to the front of the buffer.</summary>
    private int Fill()
    {
        var moved = _start;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= Longest)
            {
                TooLong = true;
                return moved;
            }

            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, Longest));
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _over = read == 0;
        _end += read;
        return moved;
    }
}
