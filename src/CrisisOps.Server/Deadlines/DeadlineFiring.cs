using CrisisOps.Server.Streams;
using Npgsql;
using Wolverine;

namespace CrisisOps.Server.Deadlines;

/// <summary>Fires what is due: leases rows, gives their commands, and sees to the rows that the commands did not close.</summary>
public sealed partial class DeadlineFiring(
    DeadlineLeases leases, DeadlineCommands commands, StreamLoader loader, StreamKinds kinds, IServiceScopeFactory scopes, TimeProvider clock, ILogger<DeadlineFiring> log)
{
    private const int BatchLimit = 256;

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>Fires one batch and says how many rows it took. Safe to call from anywhere: two callers never get the same row.</summary>
    public async Task<int> Fire(CancellationToken cancellation)
    {
        var due = await leases.Take(clock.GetUtcNow(), BatchLimit, cancellation);
        if (due.Count == 0)
        {
            return 0;
        }

        // They enter the lanes in due order, so those of a stream are decided in that order, and what waits together is committed together.
        var tried = await Task.WhenAll(due.Select(deadline => FireOne(deadline, cancellation)));
        var answered = tried.OfType<(DueDeadline Due, bool Done)>().ToDictionary(t => t.Due, t => t.Done);
        await SeeTo(await leases.StillOpen(answered.Keys, cancellation), answered, cancellation);
        return due.Count;
    }

    /// <summary>Gives one command; null when it was not answered and fires again.</summary>
    private async Task<(DueDeadline Due, bool Done)?> FireOne(DueDeadline deadline, CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var reply = await commands.Of(deadline.Kind).Send(scope.ServiceProvider.GetRequiredService<IMessageBus>(), deadline, cancellation);
            if (reply is not Reply.Busy)
            {
                return (deadline, reply is Reply.Done);
            }

            await leases.GiveBack(deadline, _pause, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not NpgsqlException)
        {
            LogFailed(log, exception, deadline.Kind, deadline.Stream); // fires again when the lease runs out
        }

        return null;
    }

    /// <summary>
    /// A row that is open although its command was answered: the command found that another stream has met it; or no state asks for it
    /// any more, then it is dropped; or the command refused too early (the machine's clock was set back), then it fires again.
    /// </summary>
    private async Task SeeTo(IReadOnlyList<DueDeadline> open, Dictionary<DueDeadline, bool> answered, CancellationToken cancellation)
    {
        if (open.Count == 0)
        {
            return;
        }

        var states = await loader.Load([.. open.Select(d => d.Stream)], cancellation);
        foreach (var due in open)
        {
            var asked = kinds.Of(due.Stream).Deadlines(states[due.Stream].State)
                .Any(d => !d.Missed && d.Kind == due.Kind && d.Ref == due.Ref && d.Generation == due.Generation);
            if (answered[due])
            {
                await leases.Meet(due, clock.GetUtcNow(), cancellation);
            }
            else if (asked)
            {
                LogRefused(log, due.Kind, due.Ref, due.Stream);
                await leases.GiveBack(due, _pause, cancellation);
            }
            else
            {
                await leases.Drop(due, clock.GetUtcNow(), cancellation);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The deadline {Kind} of {Stream} could not be fired")]
    private static partial void LogFailed(ILogger logger, Exception exception, string kind, string stream);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The deadline {Kind} {Item} of {Stream} is due, but its command was refused; it is tried again")]
    private static partial void LogRefused(ILogger logger, string kind, string item, string stream);
}
