using System.Diagnostics;
using System.Text.Json;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>The rules in force, held in memory and looked at once a second while alerts come in: new ones count within a second on every node.</summary>
public sealed class IntakeRuleBook(NpgsqlDataSource database) : IDisposable
{
    private static readonly TimeSpan _holds = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _one = new(1, 1);
    private Held? _held;

    public async ValueTask<IntakeRules> Current(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _held) is { } held && Stopwatch.GetElapsedTime(held.At) < _holds)
        {
            return held.Rules;
        }

        await _one.WaitAsync(cancellation);
        try
        {
            if (Volatile.Read(ref _held) is not { } other || Stopwatch.GetElapsedTime(other.At) >= _holds)
            {
                var at = Stopwatch.GetTimestamp();
                Volatile.Write(ref _held, other = new Held((await Newest(cancellation))?.Rules ?? IntakeRules.None, at));
            }

            return other.Rules;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>The newest version; null when none was ever written.</summary>
    public async Task<IntakeRuleVersion?> Newest(CancellationToken cancellation)
    {
        await using var command = database.Statement("select version, body, by, at from crisis.intake_rules order by version desc limit 1");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new IntakeRuleVersion(reader.GetInt64(0), JsonSerializer.Deserialize<IntakeRules>(reader.GetString(1), Json.Stored)!, reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3))
            : null;
    }

    /// <summary>Writes a new version; the old ones stay.</summary>
    public async Task<long> Put(IntakeRules rules, string by, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var command = database.Statement("insert into crisis.intake_rules (body, by, at) values ($1, $2, $3) returning version", JsonSerializer.Serialize(rules, Json.Stored), by, at);
        var version = (long)(await command.ExecuteScalarAsync(cancellation))!;
        Volatile.Write(ref _held, null);
        return version;
    }

    private sealed record Held(IntakeRules Rules, long At);
}

/// <param name="By">Who wrote it.</param>
/// <param name="At">UTC.</param>
public sealed record IntakeRuleVersion(long Version, IntakeRules Rules, string By, DateTimeOffset At);
