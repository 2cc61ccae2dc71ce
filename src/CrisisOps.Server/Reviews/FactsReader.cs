using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Reviews;
using CrisisOps.Domain.Reviews.Facts;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Timelines;
using Npgsql;

namespace CrisisOps.Server.Reviews;

/// <summary>Computes the facts of a crisis from its events, for a reader or as they are frozen.</summary>
public sealed class FactsReader(NpgsqlDataSource database, StreamLoader loader, PastStates pasts, StreamKinds kinds, EventTypes types, EntrySight entries, BesideReader besides)
{
    private const string Gathered = "select crisis.streams_on($1)";

    private const string Events = $"select {EventRow.Columns} from crisis.mt_events e where e.stream_id = $1 and e.timestamp <= $2 order by e.version";

    /// <summary>The facts as the caller may have them: of the streams that they may see now, and of entries that they read.</summary>
    /// <param name="cases">Cases that belong to the incident though nobody linked them.</param>
    /// <param name="audience">As whom they read the crisis, or for whom they make something.</param>
    /// <param name="made">The audience for which they make something; null for themselves.</param>
    /// <returns>The facts, and what they come from that is RED: whoever hands them out notes it.</returns>
    public async Task<(IncidentFacts Facts, IReadOnlyCollection<RedItem> Red)> For(
        string crisisKey, IReadOnlyCollection<string> cases, DateTimeOffset asOf, Caller caller, Audience audience, Audience? made, CancellationToken cancellation)
    {
        var crisis = await Then(crisisKey, asOf, cancellation);
        var states = await loader.Load(await Streams(crisis, cases, cancellation), cancellation);
        var seen = states.Where(s => s.Value.Version > 0)
            .Select(s => (s.Key, Audience: Sight.AudienceOf(kinds.Of(s.Key).SightOf(s.Value.State), caller)))
            .Where(s => s.Audience is { } own && (made is null || Sight.Makes(own, made.Value)))
            .ToDictionary(s => s.Key, s => made ?? s.Audience!.Value, StringComparer.Ordinal);
        var account = await Account(crisisKey, seen.Keys, cases, asOf, cancellation);
        var facts = account.Facts(await besides.Read(crisis, audience, seen.Keys, asOf, caller, made, cancellation));
        var read = await entries.Read(Sources(facts), caller, made, cancellation);
        var shown = facts.For(stream => seen[stream], source => read.ContainsKey((source.Stream, source.Version)));
        return (shown, [.. Sources(shown).Where(s => read[s] == Tlp.RED).Select(s => new RedItem(s.Stream, s.Version))]);
    }

    /// <summary>What the record comes to at the frozen instant of a review, the same for everybody who sees it; null when it is not frozen, or there is none.</summary>
    public async Task<FrozenFacts?> Frozen(string? reviewKey, Caller caller, CancellationToken cancellation)
    {
        var kind = kinds.Of<PostIncidentReview>();
        if (reviewKey is null || kinds.Find(reviewKey) != kind
            || (await loader.Load([reviewKey], cancellation))[reviewKey].State is not PostIncidentReview { FrozenAsOf: { } asOf } review || !kind.Visible(review, caller))
        {
            return null;
        }

        var streams = await Streams(await Then(review.CrisisKey, asOf, cancellation), review.Cases, cancellation);
        var account = await Account(review.CrisisKey, streams, review.Cases, asOf, cancellation);
        return new FrozenFacts(asOf, FactsHash.Of(account.Facts(Beside.Nothing(asOf))));
    }

    private async Task<Crisis> Then(string key, DateTimeOffset asOf, CancellationToken cancellation) =>
        (Crisis)(await pasts.Load(key, new Past(asOf), cancellation)).State;

    /// <summary>The crisis, what its timeline gathers now, what it had then, and what its review names.</summary>
    private async Task<string[]> Streams(Crisis crisis, IReadOnlyCollection<string> cases, CancellationToken cancellation)
    {
        List<string> keys = [crisis.Key, .. crisis.Escalations.Select(e => e.Key), .. cases];
        await using var command = database.Statement(Gathered, crisis.Key);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add(reader.GetString(0));
        }

        return [.. keys.Distinct(StringComparer.Ordinal)];
    }

    private async Task<IncidentAccount> Account(
        string crisisKey, IEnumerable<string> streams, IReadOnlyCollection<string> cases, DateTimeOffset asOf, CancellationToken cancellation)
    {
        var account = new IncidentAccount(crisisKey, cases, asOf);
        foreach (var stream in streams)
        {
            await using var command = database.Statement(Events, stream, asOf);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var row = EventRow.Read(reader, types);
                account.Add(stream, row.Data, row.Stamp);
            }
        }

        return account;
    }

    private static (string Stream, long Version)[] Sources(IncidentFacts facts)
    {
        IEnumerable<IFact>[] all =
        [
            facts.TimeIn, facts.TimeTo, facts.Late, facts.Clocks, facts.Breaches, facts.Alerts, facts.Handovers, facts.Corrections, facts.Changes, facts.Levers, facts.InterimActions, facts.FourEyes,
            facts.SituationReports is { } reports ? [reports] : [],
        ];
        return [.. all.SelectMany(f => f).SelectMany(f => f.Sources).Where(s => s.Version > 0).Select(s => (s.Stream, s.Version)).Distinct()];
    }
}
