using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Hosting;

/// <summary>
/// The server's time: the machine's clock plus an offset kept in the store, so that a scenario can run at any speed and the clock
/// runs on from its last instant. The offset only grows; outside Development a store with one is refused.
/// </summary>
public sealed class StoreClock : TimeProvider
{
    private long _offsetTicks;
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TimeSpan Offset => TimeSpan.FromTicks(Volatile.Read(ref _offsetTicks));

    /// <summary>Completes when the clock is moved next. Ask for it before looking what is due, wait after.</summary>
    public Task Moved => Volatile.Read(ref _moved).Task;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    /// <summary>Reads the offset of the store; another node may have moved it.</summary>
    public async Task Load(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.Statement("select value from crisis.settings where name = 'clock-offset'");
        if (await command.ExecuteScalarAsync(cancellation) is string ticks)
        {
            Raise(long.Parse(ticks, global::System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Moves the clock forward to the instant; an instant that has passed changes nothing.</summary>
    public async Task MoveTo(DateTimeOffset instant, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var offset = (instant - System.GetUtcNow()).Ticks;
        await using var command = database.Statement(
            """
            insert into crisis.settings as s (name, value) values ('clock-offset', $1)
            on conflict (name) do update set value = greatest(s.value::bigint, $1::bigint)::text returning value
            """,
            Math.Max(0, offset).ToString(global::System.Globalization.CultureInfo.InvariantCulture));
        var kept = (string)(await command.ExecuteScalarAsync(cancellation))!;
        Raise(long.Parse(kept, global::System.Globalization.CultureInfo.InvariantCulture));
    }

    private void Raise(long ticks)
    {
        long current;
        while ((current = Volatile.Read(ref _offsetTicks)) < ticks)
        {
            if (Interlocked.CompareExchange(ref _offsetTicks, ticks, current) == current)
            {
                Interlocked.Exchange(ref _moved, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
                return;
            }
        }
    }
}
