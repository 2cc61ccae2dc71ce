using System.Collections.Immutable;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Access;

/// <summary>Who is on duty for a function in a region (domain §9.6); the override stays when shifts come.</summary>
public sealed record Duty(Function Function, string Region, string Person, string[] Channels, DateTimeOffset? Until);

/// <summary>The duty list. Held for a second, because every command asks whether its caller stands on it.</summary>
public sealed class DutyList(NpgsqlDataSource database, TimeProvider clock)
{
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);

    private volatile Held? _held;

    public async ValueTask<ImmutableHashSet<Function>> FunctionsOf(string person, DateTimeOffset now, CancellationToken cancellation)
    {
        var entries = await All(cancellation);
        return entries.Count == 0 ? [] : [.. entries.Where(d => d.Person == person && !(d.Until <= now)).Select(d => d.Function)];
    }

    public async ValueTask<IReadOnlyList<Duty>> All(CancellationToken cancellation)
    {
        if (_held is { } held && clock.GetElapsedTime(held.At) < _fresh)
        {
            return held.Entries;
        }

        await using var command = database.Statement("select function, region, person, channels, until from crisis.duty order by function, region");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<Duty> entries = [];
        while (await reader.ReadAsync(cancellation))
        {
            entries.Add(new Duty(
                Enum.Parse<Function>(reader.GetString(0)), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<string[]>(3),
                await reader.IsDBNullAsync(4, cancellation) ? null : reader.GetFieldValue<DateTimeOffset>(4)));
        }

        _held = new Held(entries, clock.GetTimestamp());
        return entries;
    }

    public async Task Put(Duty duty, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            $"""
            {Book.TurnAnd}
            insert into crisis.duty (function, region, person, channels, until) values ($1, $2, $3, $4, $5)
            on conflict (function, region) do update set person = excluded.person, channels = excluded.channels, until = excluded.until
            """,
            duty.Function.ToString(), duty.Region, duty.Person, duty.Channels, duty.Until);
        await command.ExecuteNonQueryAsync(cancellation);
        _held = null;
    }

    private sealed record Held(IReadOnlyList<Duty> Entries, long At);
}
