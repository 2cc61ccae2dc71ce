using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>The cases whose clocks have moved since an instant, as they stood then, for the SLA board: the others stand on it as they are.</summary>
public sealed class PastClocks(NpgsqlDataSource database, PastStates pasts)
{
    /// <summary>Folded in one go.</summary>
    private const int Step = 500;

    /// <summary>Cases that were there then and of which the caller may know the timers now, with what the command of their crisis had done for them.</summary>
    public async IAsyncEnumerable<(Escalation Then, Audience Audience)> Moved(Caller caller, Past past, DateTimeOffset now, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        string? from = "";
        while (from is not null)
        {
            (var cases, from) = await Candidates(caller, past, now, from, cancellation);
            Escalation[] then = [.. (await pasts.Load([.. cases.Keys], past, cancellation)).Values.Where(held => held.Version > 0).Select(held => (Escalation)held.State)];
            var crises = await pasts.Load([.. then.Select(e => e.CrisisKey).OfType<string>().Distinct(StringComparer.Ordinal)], past, cancellation);
            foreach (var state in then)
            {
                yield return (state.CrisisKey is { } crisis ? state.WithReferralOf((Crisis)crises[crisis].State) : state, cases[state.Key]);
            }
        }
    }

    private async Task<(Dictionary<string, Audience> Cases, string? Last)> Candidates(Caller caller, Past past, DateTimeOffset now, string from, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        await using var command = database.Statement(
            $"""
            select e.key, {sight.Audience} from crisis.escalations e join crisis.mt_streams s on s.id = e.key
             where e.key > {arguments.Add(from)} and {sight.Visible} and {sight.Audience} <= {(int)Audience.CrossFunctional} and s.timestamp > {arguments.Add(now)}
               and {past.Began("e.key", "e.raised_at", arguments)}
             order by e.key limit {Step}
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<string, Audience> cases = new(StringComparer.Ordinal);
        var last = "";
        while (await reader.ReadAsync(cancellation))
        {
            last = reader.GetString(0);
            cases[last] = (Audience)reader.GetInt32(1);
        }

        return (cases, cases.Count < Step ? null : last);
    }
}
