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
        var length = http.Request.ContentLength;
        if (length > most)
        {
            return new AlertBody(this, 0, 413);
        }

        var held = (int)(length ?? most);
        if (Interlocked.Add(ref _held, held) > settings.BodyBytes && held < Volatile.Read(ref _held))
        {
            Release(held);
            return new AlertBody(this, 0, 503);
        }

        var body = new AlertBody(this, held, null);
        try
        {
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
            {
                bound.MaxRequestBodySize = most;
            }

            await body.Fill(http.Request, cancellation);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    internal void Release(int held) => Interlocked.Add(ref _held, -held);
}

/// <summary>A body that was read, or why it was not.</summary>
/// <param name="refused">413 or 503; null when it was read.</param>
public sealed class AlertBody(AlertBodies bodies, int held, int? refused) : IDisposable
{
    private byte[] _bytes = [];
    private int _length;

    public int? Refused => refused;

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Reads the whole body. One that is longer than the bound is answered 413 by the server itself.</summary>
    public async Task Fill(HttpRequest request, CancellationToken cancellation)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(4096, (int)(request.ContentLength ?? 65_536)));
        while (await request.Body.ReadAsync(_bytes.AsMemory(_length), cancellation) is > 0 and var read)
        {
            _length += read;
            if (_length == _bytes.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
                _bytes.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(_bytes);
                _bytes = larger;
            }
        }
    }

    public void Dispose()
    {
        bodies.Release(held);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }
}
