using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>
/// Hands out readable keys. Numbers are taken from the database in blocks, so that opening an incident needs no extra
/// round trip; a restart leaves the rest of a block unused.
/// </summary>
public sealed class KeyBlocks(NpgsqlDataSource database) : IDisposable
{
    private const int Size = 64;

    private readonly ConcurrentDictionary<string, Block> _blocks = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _refill = new(1, 1);

    /// <summary>The next key, for example <c>ESC-2027-000101</c>.</summary>
    /// <param name="prefix">Kind of stream and year, for example <c>ESC-2027</c>.</param>
    /// <param name="digits">At least so many at the end.</param>
    public async Task<string> Next(string prefix, int digits, CancellationToken cancellation)
    {
        while (true)
        {
            if (_blocks.TryGetValue(prefix, out var block) && block.TryTake(out var number))
            {
                return $"{prefix}-{number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')}";
            }

            await Refill(prefix, block, cancellation);
        }
    }

    /// <summary>Sets the counter, so that a scenario gets its own numbers. Development only.</summary>
    public async Task Set(string prefix, long next, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "insert into crisis.key_counters (prefix, next) values ($1, $2) on conflict (prefix) do update set next = excluded.next");
        command.Parameters.Add(new() { Value = prefix });
        command.Parameters.Add(new() { Value = next });
        await command.ExecuteNonQueryAsync(cancellation);
        _blocks.TryRemove(prefix, out _);
    }

    public void Dispose() => _refill.Dispose();

    private async Task Refill(string prefix, Block? spent, CancellationToken cancellation)
    {
        await _refill.WaitAsync(cancellation);
        try
        {
            if (_blocks.TryGetValue(prefix, out var current) && current != spent)
            {
                return;
            }

            await using var command = database.CreateCommand("""
                insert into crisis.key_counters as k (prefix, next) values ($1, 1 + $2)
                on conflict (prefix) do update set next = k.next + $2 returning next - $2
                """);
            command.Parameters.Add(new() { Value = prefix });
            command.Parameters.Add(new() { Value = (long)Size });
            _blocks[prefix] = new Block((long)(await command.ExecuteScalarAsync(cancellation))!);
        }
        finally
        {
            _refill.Release();
        }
    }

    private sealed class Block(long first)
    {
        private long _taken = -1;

        public bool TryTake(out long number)
        {
            var taken = Interlocked.Increment(ref _taken);
            number = first + taken;
            return taken < Size;
        }
    }
}
