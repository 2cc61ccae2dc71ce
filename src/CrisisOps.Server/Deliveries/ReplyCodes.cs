using System.Globalization;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// Codes that people read out or type, such as <c>7F3K-9QXM</c>: eight characters of Crockford's base 32, which has no letters that look like
/// digits. A code is that of one message; the same message always has the same.
/// </summary>
public sealed class ReplyCodes(SecretKey key, NpgsqlDataSource database)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 8;

    /// <summary>The code of each message by its id.</summary>
    /// <remarks>40 bits meet by chance some day. Then the later message takes its next one: its receiver must never acknowledge for somebody else.</remarks>
    public async Task<IReadOnlyDictionary<string, string>> For(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        Dictionary<string, string> codes = new(StringComparer.Ordinal);
        var open = ids.Distinct(StringComparer.Ordinal).ToList();
        for (var attempt = 0; open.Count > 0; attempt++)
        {
            var wanted = open.ToDictionary(id => id, id => Written(key.OfReply(id, attempt)), StringComparer.Ordinal);
            var held = await Holders([.. wanted.Values], cancellation);
            foreach (var (id, code) in wanted)
            {
                if (held.TryAdd(code, id) || held[code] == id)
                {
                    codes[id] = code;
                    open.Remove(id);
                }
            }
        }

        return codes;
    }

    /// <summary>The message that a code stands for; null when there is none.</summary>
    /// <param name="code">As <see cref="Read"/> gives it.</param>
    public async Task<string?> Find(string code, CancellationToken cancellation)
    {
        await using var command = database.Statement("select id from crisis.deliveries where reply_code = $1", code);
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>A code as somebody typed it or heard it, in the form in which it is stored; null when it can be none.</summary>
    public static string? Read(string typed)
    {
        Span<char> symbols = stackalloc char[Length];
        var count = 0;
        foreach (var typedSymbol in typed)
        {
            if (char.IsWhiteSpace(typedSymbol) || char.GetUnicodeCategory(typedSymbol) == UnicodeCategory.DashPunctuation)
            {
                continue;
            }

            var symbol = char.ToUpperInvariant(typedSymbol) switch { 'O' => '0', 'I' or 'L' => '1', var other => other };
            if (count == Length || !Alphabet.Contains(symbol, StringComparison.Ordinal))
            {
                return null;
            }

            symbols[count++] = symbol;
        }

        return count == Length ? Grouped(symbols) : null;
    }

    private static string Written(byte[] bytes)
    {
        var bits = bytes.Aggregate(0UL, (all, next) => (all << 8) | next);
        Span<char> symbols = stackalloc char[Length];
        for (var at = Length - 1; at >= 0; at--, bits >>= 5)
        {
            symbols[at] = Alphabet[(int)(bits & 31)];
        }

        return Grouped(symbols);
    }

    private static string Grouped(ReadOnlySpan<char> symbols) => $"{symbols[..4]}-{symbols[4..]}";

    private async Task<Dictionary<string, string>> Holders(string[] codes, CancellationToken cancellation)
    {
        await using var command = database.Statement("select reply_code, id from crisis.deliveries where reply_code = any ($1)", (object)codes);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<string, string> held = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            held[reader.GetString(0)] = reader.GetString(1);
        }

        return held;
    }
}
