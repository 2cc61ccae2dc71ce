using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CrisisOps.Proof;

/// <summary>A SHA-256 hash. Written as 64 hexadecimal digits in lower case, and read in no other form.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Digest
{
    public const int Size = 32;

    /// <summary>In hexadecimal digits.</summary>
    public const int TextSize = 64;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    public static Digest Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(bytes, hash);
        return Read(hash);
    }

    /// <summary>From its 32 bytes.</summary>
    public static Digest Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size ? MemoryMarshal.Read<Digest>(bytes) : throw new ArgumentException("A SHA-256 hash has 32 bytes.", nameof(bytes));

    public static bool TryParse(ReadOnlySpan<byte> text, out Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var read = Hex.TryRead(text, bytes);
        digest = read ? Read(bytes) : default;
        return read;
    }

    public void CopyTo(Span<byte> bytes) => MemoryMarshal.Write(bytes, in this);

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
