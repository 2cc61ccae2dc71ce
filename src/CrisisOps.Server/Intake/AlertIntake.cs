using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>
/// Takes a chunk of one source's alerts to the end: each is known already, folds into an open case, raises one, or is kept. When it is done every
/// one of them is durable, with the reason. What another source or node does meanwhile is noticed at the commit, and looked up again.
/// </summary>
public sealed class AlertIntake(AlertStore store, AlertRaising raises, RememberedHomes homes, FoldTally tally, SourceBook sources, TimeProvider clock)
{
    private const int Passes = 8;

    /// <param name="keptIn">The window in which they were kept back: now they are given their place. Null for alerts that come in.</param>
    /// <exception cref="AlertsBusyException">Not all could be stored; those that were are known when they are sent again.</exception>
    /// <exception cref="NpgsqlException">The same, because the database does not answer.</exception>
    public async Task Take(IReadOnlyList<ReceivedAlert> chunk, string? keptIn, CancellationToken cancellation)
    {
        var left = chunk;
        for (var pass = 0; left.Count > 0; pass++)
        {
            left = pass < Passes ? await TryTake(left, keptIn, await Look(left, pass == 0 && keptIn is null, cancellation), cancellation) : throw new AlertsBusyException();
        }
    }

    /// <param name="remembered">What this node remembers will do; otherwise all are looked up.</param>
    private async Task<AlertLookup> Look(IReadOnlyList<ReceivedAlert> chunk, bool remembered, CancellationToken cancellation)
    {
        Dictionary<Guid, AlertHome> known = [];
        List<ReceivedAlert> unknown = [];
        foreach (var alert in chunk)
        {
            if (remembered && homes.Of(alert) is { } found)
            {
                foreach (var (key, home) in alert.Keys.Zip(found))
                {
                    known[key.Hash] = home;
                }
            }
            else
            {
                unknown.Add(alert);
            }
        }

        var lookup = unknown.Count == 0 ? AlertLookup.Nothing : await store.Look(unknown, cancellation);
        foreach (var (key, home) in lookup.Homes)
        {
            if (home.Open)
            {
                homes.Remember(key, home);
            }
            else
            {
                homes.Forget(key);
            }
        }

        return known.Count == 0 ? lookup : lookup with { Homes = lookup.Homes.Concat(known.Where(k => !lookup.Homes.ContainsKey(k.Key))).ToDictionary() };
    }

    /// <summary>Those that are left to be looked up again.</summary>
    private async Task<IReadOnlyList<ReceivedAlert>> TryTake(IReadOnlyList<ReceivedAlert> chunk, string? keptIn, AlertLookup lookup, CancellationToken cancellation)
    {
        var again = keptIn is not null;
        var window = WindowNow(again ? await sources.Fresh(chunk[0].Source, cancellation) : chunk[0].Source);
        var fates = AlertPlan.Of(chunk, lookup, window == keptIn ? null : window, again);
        // What belongs to a case that is open, or to none, does not wait for those that raise one.
        var storing = Store([.. chunk.Zip(fates, SurePlaceOf).OfType<PlacedAlert>()], lookup, window, again, cancellation);
        var raising = raises.Raise(chunk, fates, cancellation);
        await Task.WhenAll(storing, raising);
        var raised = await raising;
        List<ReceivedAlert> left = [.. await storing];
        List<PlacedAlert> behind = [];
        for (var i = 0; i < fates.Count; i++)
        {
            var (done, place) = PlaceBehind(chunk[i], fates[i], raised);
            if (place is not null)
            {
                behind.Add(place);
            }
            else if (!done)
            {
                left.Add(chunk[i]);
            }
        }

        left.AddRange(await Store(behind, lookup, window, again, cancellation));
        return left;
    }

    /// <summary>Stores alerts with their place; gives those that were not stored.</summary>
    /// <param name="window">The maintenance window by which it was decided.</param>
    private async Task<IReadOnlyList<ReceivedAlert>> Store(List<PlacedAlert> placed, AlertLookup lookup, string? window, bool again, CancellationToken cancellation)
    {
        if (placed.Count == 0)
        {
            return [];
        }

        var source = placed[0].Alert.Source;
        var stored = await Place(placed, lookup, again, cancellation);
        ReceivedAlert[] left = [.. placed.Select(p => p.Alert).Where(a => !stored.Contains(a.Id))];
        Array.ForEach(left, homes.Forget);
        ReceivedAlert[] keptBack = [.. placed.Where(p => p.Maintenance is not null).Select(p => p.Alert)];
        if (keptBack.Length > 0 && WindowNow(await sources.Fresh(source, cancellation)) != window)
        {
            // It was over before these were stored, and whoever looked again then did not see them.
            await Take(keptBack, window, cancellation);
        }

        foreach (var folded in placed.Where(p => p.Escalation is not null && stored.Contains(p.Alert.Id)).GroupBy(p => p.Escalation!, StringComparer.Ordinal))
        {
            var reports = folded.Select(f => f.Alert).Where(a => a.Alert.Action == AlertAction.Trigger).ToArray();
            tally.Folded(folded.Key, source.Key, reports.Where(a => a.Reading.RaisesSeverity).Min(a => (Severity?)a.Reading.Severity), reports.Any(a => a.Alert.ThreatToLife));
        }

        return left;
    }

    private async Task<IReadOnlySet<Guid>> Place(List<PlacedAlert> placed, AlertLookup lookup, bool again, CancellationToken cancellation)
    {
        try
        {
            return await store.Place(placed, lookup, again ? clock.GetUtcNow() : null, cancellation);
        }
        catch (PostgresException error) when (DatabaseErrors.IsConflict(error))
        {
            return new HashSet<Guid>(); // somebody stores the same ones in this moment: all are looked up again
        }
    }

    private string? WindowNow(AlertSource source) => MaintenanceWindows.Covering(source, clock.GetUtcNow())?.WindowId;

    /// <summary>Where it belongs whatever is raised beside it; null when that depends.</summary>
    private static PlacedAlert? SurePlaceOf(ReceivedAlert alert, AlertFate fate) => fate switch
    {
        AlertFate.Fold fold => new PlacedAlert(alert, fold.Escalation, fold.Reason.ToString(), fold.Matched),
        AlertFate.Keep keep => new PlacedAlert(alert, null, keep.Reason.ToString(), null, keep.Maintenance),
        _ => null,
    };

    /// <summary>Where it belongs now that others have raised their cases; done when there is nothing left to store.</summary>
    private static (bool Done, PlacedAlert? Place) PlaceBehind(ReceivedAlert alert, AlertFate fate, IReadOnlyDictionary<Guid, RaisedAlert> raised) => fate switch
    {
        AlertFate.Raise => (raised[alert.Id].Escalation is not null, raised[alert.Id].Instead),
        AlertFate.Follow follow => (false, raised[follow.First.Id].Escalation is { } escalation ? new PlacedAlert(alert, escalation, follow.Reason.ToString(), follow.Matched) : null),
        _ => (true, null),
    };
}

/// <summary>Not all alerts could be stored now.</summary>
public sealed class AlertsBusyException() : Exception("Alerts could not be stored; send them again.");
