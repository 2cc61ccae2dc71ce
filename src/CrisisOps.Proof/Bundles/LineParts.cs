using System.Text;

namespace CrisisOps.Proof.Bundles;

/// <summary>The parts of a bundle by name, for whoever reads of a fault in one.</summary>
internal static class LineParts
{
    private static ReadOnlySpan<byte> Start => "{\"kind\":\""u8;

    private static readonly (string Kind, byte[] Start)[] _kinds = [.. LineWords.Order.Append(LineWords.Skip).Select(kind => (kind, Encoding.ASCII.GetBytes($"{kind}\"")))];

    /// <summary>What a line says it is, however broken it is.</summary>
    /// <param name="counts">How many lines of each kind came before it.</param>
    /// <param name="before">What kind of lines they were last.</param>
    public static string Of(ReadOnlySpan<byte> line, Dictionary<string, long> counts, string before)
    {
        if (KindOf(line) is not { } kind)
        {
            return $"the line after {before} lines";
        }

        if (kind != LineWords.Event)
        {
            return Name(kind, counts.GetValueOrDefault(kind) + 1);
        }

        _ = EventLine.TryRead(line, out var read);
        return read.Leaf.Stream is { Length: > 0 } stream ? $"event {stream}@{read.Leaf.Version}" : kind;
    }

    /// <summary>There is one header and one manifest.</summary>
    public static string Name(string kind, long n) => kind is LineWords.Header or LineWords.Manifest ? kind : $"{kind} {n}";

    public static string? KindOf(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith(Start))
        {
            foreach (var (kind, start) in _kinds)
            {
                if (line[Start.Length..].StartsWith(start))
                {
                    return kind;
                }
            }
        }

        return null;
    }
}
