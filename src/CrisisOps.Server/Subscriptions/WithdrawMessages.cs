using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Subscriptions;

/// <summary>
/// What waits under a subscription that was paused, disabled or ended is not sent. What is on its way may arrive; if it does not arrive now,
/// it is not tried again.
/// </summary>
public sealed class WithdrawMessagesHandler
{
    private const string Waiting = "state = 'Queued'";

    /// <summary>Dead letters too: nobody sends them again to somebody who has ended it.</summary>
    private const string WaitingOrGivenUp = "state in ('Queued', 'Exhausted')";

    public static Task Handle(Happened<SubscriptionPaused, WithdrawMessagesHandler> paused, NpgsqlDataSource database, CancellationToken cancellation) =>
        Withdraw(paused.Stream, "subscription-paused", Waiting, paused.Stamp.RecordedAt, database, cancellation);

    public static Task Handle(Happened<SubscriptionDisabled, WithdrawMessagesHandler> disabled, NpgsqlDataSource database, CancellationToken cancellation) =>
        Withdraw(disabled.Stream, "subscription-disabled", Waiting, disabled.Stamp.RecordedAt, database, cancellation);

    public static Task Handle(Happened<SubscriptionRemoved, WithdrawMessagesHandler> removed, NpgsqlDataSource database, CancellationToken cancellation) =>
        Withdraw(removed.Stream, "unsubscribed", WaitingOrGivenUp, removed.Stamp.RecordedAt, database, cancellation);

    /// <param name="at">What was planned by then: what is planned after it goes on again stays.</param>
    private static async Task Withdraw(string subscription, string why, string which, DateTimeOffset at, NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            $"""
            update crisis.deliveries set reason = $2, state = case when state = 'Queued' and leased_until > clock_timestamp() then 'Queued' else 'Cancelled' end,
                   settled_at = case when state = 'Queued' and leased_until > clock_timestamp() then null else $3 end
             where subscription = $1 and {which} and created_at <= $3
            """,
            subscription, why, at);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
