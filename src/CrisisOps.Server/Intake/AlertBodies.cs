using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace CrisisOps.Server.Intake;

/// <summary>Reads bodies, with a bound for each and one for all together on this node: a flood of senders grows no memory.</summary>
public sealed class AlertBodies(IntakeSettings settings)
{
    private long _held;

    /// <param name="most">Bytes.</param>
    public async Task<AlertBody> Read(HttpContext http, int most, CancellationToken cancellation)
    {
        if (http.Request.ContentLength > most)
        {
            return new AlertBody(this, 413);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = most;
        }

        var body = new AlertBody(this);
        try
        {
            return await body.Fill(http.Request, cancellation) ? body : new AlertBody(this, 503);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Room for so many more bytes; false when all bodies together would be too much, unless this is the only one.</summary>
    internal bool TryHold(int bytes, int before)
    {
        if (Interlocked.Add(ref _held, bytes) <= settings.BodyBytes || Volatile.Read(ref _held) == before + bytes)
        {
            return true;
        }

        Interlocked.Add(ref _held, -bytes);
        return false;
    }

    internal void Release(int bytes) => Interlocked.Add(ref _held, -bytes);
}

/// <summary>A body that was read, or why it was not.</summary>
/// <param name="refused">413 or 503; null when it was read.</param>
public sealed class AlertBody(AlertBodies bodies, int? refused = null) : IDisposable
{
    private const int Usual = 4096;

    private byte[] _bytes = [];
    private int _length;

    public int? Refused => refused;

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Reads the whole body; false when there is no room for it. One that is longer than the bound is answered 413 by the server itself.</summary>
    internal async Task<bool> Fill(HttpRequest request, CancellationToken cancellation)
    {
        for (var wanted = Math.Max(Usual, (int)(request.ContentLength ?? 0)); ; wanted = _bytes.Length * 2)
        {
            if (!Grow(wanted))
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
            bodies.Release(_bytes.Length);
            ArrayPool<byte>.Shared.Return(_bytes);
            (_bytes, _length) = ([], 0);
        }
    }

    private bool Grow(int wanted)
    {
        var larger = ArrayPool<byte>.Shared.Rent(wanted);
        if (!bodies.TryHold(larger.Length - _bytes.Length, _bytes.Length))
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
