using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Npgsql;
using Wolverine;

namespace CrisisOps.Server.Risks;

/// <summary>
/// A surge beside which a second, independent signal stands proposes a crisis (domain §3, P3); whichever of the two comes last. What is independent the
/// command itself decides: here only those of the region are found.
/// </summary>
public sealed class ProposeBySecondSignalHandler
{
    /// <summary>More signals than that about one region no rule tries; a person does.</summary>
    private const int Most = 20;

    public static Task Handle(Happened<SurgeDetected, ProposeBySecondSignalHandler> detected, NpgsqlDataSource database, StreamLoader loader, Rules rules, IMessageBus bus, CancellationToken cancellation) =>
        Look(detected, database, loader, rules, bus, cancellation);

    public static Task Handle(Happened<RiskSignalCaptured, ProposeBySecondSignalHandler> captured, NpgsqlDataSource database, StreamLoader loader, Rules rules, IMessageBus bus, CancellationToken cancellation) =>
        Look(captured, database, loader, rules, bus, cancellation);

    public static Task Handle(Happened<RiskSignalGraded, ProposeBySecondSignalHandler> graded, NpgsqlDataSource database, StreamLoader loader, Rules rules, IMessageBus bus, CancellationToken cancellation) =>
        Look(graded, database, loader, rules, bus, cancellation);

    private static async Task Look<TEvent>(
        Happened<TEvent, ProposeBySecondSignalHandler> happened, NpgsqlDataSource database, StreamLoader loader, Rules rules, IMessageBus bus, CancellationToken cancellation)
        where TEvent : class
    {
        var near = await Near(happened.Stream, database, cancellation);
        var states = (await loader.Load([happened.Stream, .. near], cancellation)).ToDictionary(s => s.Key, s => (RiskSignal)s.Value.State);
        var own = states[happened.Stream];
        foreach (var other in near.Select(key => states[key]))
        {
            var (surge, second) = own.Surging ? (own, other) : (other, own);
            if (surge.Surging && surge.Open
                && await happened.Give(bus, surge.Key, new ProposeCrisisOfRisk(rules.Crises.Cluster.TypeOf(surge.PolicyArea), With: second.Key), cancellation, second.Key) is Reply.Done)
            {
                return;
            }
        }
    }

    /// <summary>Open signals about a region of this one, the newest first.</summary>
    private static async Task<List<string>> Near(string key, NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select o.key from crisis.cards c join crisis.cards o on o.kind = c.kind and o.open and o.key <> c.key and o.exercise = c.exercise
               and (o.regions_up && c.regions or c.regions_up && o.regions or o.regions = '{}' or c.regions = '{}')
             where c.key = $1 and c.open order by o.opened_at desc limit $2
            """,
            key, Most);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> near = [];
        while (await reader.ReadAsync(cancellation))
        {
            near.Add(reader.GetString(0));
        }

        return near;
    }
}
