using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Risks;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Telling;
using Npgsql;

namespace CrisisOps.Server.Development;

/// <summary>
/// Moves the clock of a store over everything that becomes due on the way: from due instant to due instant, messages that go out among it, so that each event
/// is recorded when it would have been, and in that order; and at each of them until the rules have heard of everything.
/// </summary>
public sealed class ClockJump(
    StoreClock clock, NpgsqlDataSource database, DeadlineFiring firing, DeadlineLeases leases, DeliveryLeases deliveries, DigestRows digests, SubscriptionPosition rules, SurgeWatch surges,
    WakeUps wakeUps) : IDisposable
{
    /// <summary>The name under which nodes tell each other that the clock was moved.</summary>
    public const string Signal = "clock";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Longer than a lease: a node that died while firing must not fail the jump.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(45);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Answers when everything due by the instant has fired; false when something did not fire in time.</summary>
    public async Task<bool> To(DateTimeOffset instant, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (!await Settled(clock.GetUtcNow(), cancellation))
            {
                return false;
            }

            while (await Next(cancellation) is { } due && due <= instant)
            {
                await Step(due, cancellation);
                if (!await Settled(due, cancellation))
                {
                    return false;
                }
            }

            await Step(instant, cancellation);
            return await Settled(instant, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task Step(DateTimeOffset instant, CancellationToken cancellation)
    {
        if (instant > clock.GetUtcNow())
        {
            await clock.MoveTo(instant, database, cancellation);
            wakeUps.Committed([Signal, DeliveryRows.Signal]);
        }
    }

    /// <summary>When something is due next: a deadline, a message that goes out, a digest that is written, or a surge of reports that begins or ends.</summary>
    private async Task<DateTimeOffset?> Next(CancellationToken cancellation) =>
        new[] { await leases.Next(cancellation), await deliveries.Next(cancellation), await digests.Next(cancellation), await surges.Next(cancellation) }.Min();

    /// <summary>Fires until nothing is due up to the instant and no rule has anything to hear; what another node has leased is waited for.</summary>
    private async Task<bool> Settled(DateTimeOffset instant, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        while ((await Next(cancellation) is { } due && due <= instant) || !await rules.CaughtUp(cancellation))
        {
            if (await firing.Fire(cancellation) == 0)
            {
                await Task.Delay(_pause, cancellation);
            }

            if (clock.GetElapsedTime(began) > _patience)
            {
                return false;
            }
        }

        return true;
    }
}
