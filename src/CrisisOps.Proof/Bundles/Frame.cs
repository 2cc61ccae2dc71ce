using System.Buffers;
using System.Globalization;
using System.Text;

namespace CrisisOps.Proof.Bundles;

/// <summary>Every line but those of events: its kind, its number among its kind, a hash over both and its body, and the body as it is.</summary>
internal readonly ref struct Frame(string kind, long n, Digest hash, ReadOnlySpan<byte> body)
{
    public string Kind { get; } = kind;
    public long N { get; } = n;
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>Whether it has the hash that stands on it.</summary>
    public bool Whole => hash == HashOf(Kind, N, Body);

    /// <summary>Reads a line of this kind.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, string kind, out Frame frame)
    {
        var cursor = new LineCursor(line);
        cursor.Expect("{\"kind\":\""u8);
        cursor.Expect(Encoding.ASCII.GetBytes(kind));
        cursor.Expect("\",\"n\":"u8);
        var n = cursor.Number();
        cursor.Expect(",\"sha256\":\""u8);
        var hash = cursor.Digest();
        cursor.Expect("\",\"body\":"u8);
        var body = cursor.UntilEnd("}"u8);
        frame = new Frame(kind, n, hash, body);
        return cursor.Done;
    }

    public static void Write(IBufferWriter<byte> line, string kind, long n, ReadOnlySpan<byte> body)
    {
        line.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"kind\":\"{kind}\",\"n\":{n},\"sha256\":\"{HashOf(kind, n, body)}\",\"body\":")));
        line.Write(body);
        line.Write("}\n"u8);
    }

    private static Digest HashOf(string kind, long n, ReadOnlySpan<byte> body)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}\n{n}\n"));
        var rented = ArrayPool<byte>.Shared.Rent(head.Length + body.Length);
        try
        {
            head.CopyTo(rented, 0);
            body.CopyTo(rented.AsSpan(head.Length));
            return Digest.Of(rented.AsSpan(0, head.Length + body.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
