using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Telling;

/// <summary>Answers a requester. Heard twice, they are answered once.</summary>
public sealed class RequesterTelling(NpgsqlDataSource database, RequesterPlan plan, PastStates past, DeliveryRows rows)
{
    public async Task Tell(Guid id, string stream, object @event, Stamp stamp, CancellationToken cancellation)
    {
        // As the event left it: an answer says how the case stood when it was given.
        var then = (Escalation)(await past.Load(stream, new Past(null, stamp.Version), cancellation)).State;
        if (RequesterNews.Of(@event, then) is not null && await Entry(stream, stamp.Version, cancellation) is { } tlp
            && await plan.Plan(id.ToString(), @event, tlp, then, stamp, cancellation) is { } planned)
        {
            await rows.Add([planned], cancellation);
        }
    }

    /// <summary>The secrecy of the entry as it stands; null when it was taken back meanwhile.</summary>
    private async Task<Tlp?> Entry(string stream, long version, CancellationToken cancellation)
    {
        await using var command = database.Statement("select tlp from crisis.timeline where stream = $1 and version = $2 and amended_at is null", stream, version);
        return await command.ExecuteScalarAsync(cancellation) is short tlp ? (Tlp)tlp : null;
    }
}
