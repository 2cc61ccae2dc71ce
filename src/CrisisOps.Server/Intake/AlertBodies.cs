using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace CrisisOps.Server.Intake;

/// <summary>
/// Reads bodies, with a bound for each and one for all together on this node: a flood of senders grows no memory. Half of it is the most that one
/// sender holds, so that one who sends slowly keeps nobody else out; those who have not said who they are count as one.
/// </summary>
public sealed class AlertBodies(IntakeSettings settings)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _held = new(StringComparer.Ordinal);
    private long _all;

    /// <param name="sender">Key of the source; null for one who is not known yet.</param>
    /// <param name="most">Bytes.</param>
    public async Task<AlertBody> Read(HttpContext http, string? sender, int most, CancellationToken cancellation)
    {
        if (http.Request.ContentLength > most)
        {
            return new AlertBody(this, "", 413);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = most;
        }

        var body = new AlertBody(this, sender ?? "");
        try
        {
            return await body.Fill(http.Request, cancellation) ? body : new AlertBody(this, "", 503);
        }
        catch (BadHttpRequestException broken)
        {
            body.Dispose();
            return new AlertBody(this, "", broken.StatusCode);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Room for so many more bytes; false when all bodies together, or those of this sender, would be too much, unless this is the only one.</summary>
    internal bool TryHold(string sender, int bytes, int before)
    {
        lock (_gate)
        {
            var own = _held.GetValueOrDefault(sender);
            if ((_all + bytes > settings.BodyBytes && _all != before) || (own + bytes > settings.BodyBytes / 2 && own != before))
            {
                return false;
            }

            _all += bytes;
            _held[sender] = own + bytes;
            return true;
        }
    }

    internal void Release(string sender, int bytes)
    {
        lock (_gate)
        {
            _all -= bytes;
            if ((_held[sender] -= bytes) == 0)
            {
                _held.Remove(sender);
            }
        }
    }
}

/// <summary>A body that was read, or why it was not.</summary>
/// <param name="refused">413, 503, or 400 and 408 for one that ended before it was whole; null when it was read.</param>
public sealed class AlertBody(AlertBodies bodies, string sender, int? refused = null) : IDisposable
{
    // No more is held than a few times what has come: who announces much and sends nothing takes nobody's room.
    private const int First = 16 * 1024;

    private byte[] _bytes = [];
    private int _length;

    public int? Refused => refused;

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Reads the whole body; false when there is no room for it.</summary>
    internal async Task<bool> Fill(HttpRequest request, CancellationToken cancellation)
    {
        var whole = (int)Math.Min(request.ContentLength ?? int.MaxValue, int.MaxValue);
        for (var wanted = First; ; wanted = _bytes.Length * 2)
        {
            if (!Grow(Math.Max(1, Math.Min(wanted, whole))))
            {
                Dispose();
                return false;
            }

            while (_length < _bytes.Length)
            {
                if (await request.Body.ReadAsync(_bytes.AsMemory(_length), cancellation) is > 0 and var read)
                {
                    _length += read;
                }
                else
                {
                    return true;
                }
            }

            if (_length == request.ContentLength)
            {
                return true;
            }
        }
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            bodies.Release(sender, _bytes.Length);
            ArrayPool<byte>.Shared.Return(_bytes);
            (_bytes, _length) = ([], 0);
        }
    }

    private bool Grow(int wanted)
    {
        var larger = ArrayPool<byte>.Shared.Rent(wanted);
        if (!bodies.TryHold(sender, larger.Length - _bytes.Length, _bytes.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        _bytes.AsSpan(0, _length).CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
        return true;
    }
}
