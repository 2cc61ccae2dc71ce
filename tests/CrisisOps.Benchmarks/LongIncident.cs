namespace CrisisOps.Benchmarks;

/// <summary>A crisis with linked cases that have a long past. One of them is posted through the API; the others are copies of its rows.</summary>
/// <param name="LongStream">The case that was posted.</param>
/// <param name="Entries">On the timeline of the crisis, as its reader sees them.</param>
/// <param name="Events">Of the crisis and its cases.</param>
internal sealed record LongIncident(string Crisis, string LongStream, string Token, long Entries, long Events)
{
    private const int AtOnce = 64;

    /// <param name="length">Events of each case.</param>
    public static async Task<LongIncident> MakeAsync(CrisisOpsApi api, Store store, int length, int cases, CancellationToken cancellation)
    {
        var tokens = await api.TokensAsync(people: 16, cancellation);
        var lead = await api.TokenAsync("lead-01", ["duty-lead"], ["*"], cancellation);
        var crisis = (await api.CommandAsync("/v1/crises", "crisis", new { type = "CivilUnrest", summary = "For the benchmark", region = CrisisOpsApi.Regions }, lead, cancellation)).GetProperty("key").GetString()!;
        var keys = await Seeding.RaiseAsync(api, cases, tokens, cancellation);
        foreach (var key in keys)
            await api.CommandAsync($"/v1/escalations/{key}/link-to-crisis", $"link-{key}", new { crisisKey = crisis }, tokens[0], cancellation);
        var written = await store.VersionOfAsync(keys[0], cancellation);
        await Parallel.ForEachAsync(Enumerable.Range(0, length - (int)written), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (number, cancel) => await api.PostNoteAsync(keys[0], $"Note {number}: the fourth copy was found and removed, the account is new.", tokens[number % tokens.Length], cancel));
        Console.WriteLine($"Posted {length:N0} events on {keys[0]}.");
        foreach (var key in keys[1..])
            await store.CopyPastAsync(keys[0], key, crisis, cancellation);
        await store.SettleAsync(cancellation);
        return new LongIncident(crisis, keys[0], lead, await store.PlacesAsync(crisis, cancellation), await store.EventsAsync(cancellation));
    }
}
