using System.Diagnostics;

namespace CrisisOps.Benchmarks;

/// <summary>Partners with a confirmed endpoint each, made through the public API as partner managers would make them.</summary>
internal sealed class PartnerSeeding(CrisisOpsApi api)
{
    private const int AtOnce = 48;
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private int _confirmed;
    private int _crises;

    /// <summary>What the receivers do with a link that came.</summary>
    public async Task ConfirmAsync(string link)
    {
        await api.FollowAsync(link, CancellationToken.None);
        Interlocked.Increment(ref _confirmed);
    }

    /// <summary>One partner for each address; gives their names, and returns when all are confirmed.</summary>
    public async Task<string[]> PartnersAsync(string[] addresses, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var proposer = await api.StaffAsync("pm-01", "partner-manager", cancellation);
        var vetter = await api.StaffAsync("pm-02", "partner-manager", cancellation);
        var lead = await api.StaffAsync("lead-01", "duty-lead", cancellation);
        var names = addresses.Select((_, number) => $"Partner {number}").ToArray();
        await Parallel.ForEachAsync(names.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (partner, cancel) =>
        {
            var proposed = await api.CommandAsync("/v1/partners", $"propose-{partner.Index}", new { name = partner.Item, type = "IndustryPeer", regions = new[] { "XN" } }, proposer, cancel);
            var key = proposed.GetProperty("key").GetString()!;
            Task GiveAsync(string command, object body, string token) => api.CommandAsync($"/v1/partners/{key}/{command}", $"{command}-{key}", body, token, cancel);
            await GiveAsync("vet", new { agreementRef = "AGR-1" }, vetter);
            await GiveAsync("activate", new { }, proposer);
            await GiveAsync("change-clearance", new { clearance = "AMBER", reason = "agreement" }, lead);
            await GiveAsync("register-endpoint", new { channel = "Webhook", address = addresses[partner.Index] }, proposer);
        });
        while (_confirmed < addresses.Length)
        {
            if (clock.Elapsed > _patience)
                throw new BenchException($"Of {addresses.Length} endpoints {_confirmed} were confirmed in time.");
            await Task.Delay(50, cancellation);
        }

        Console.WriteLine($"{addresses.Length:N0} partners with confirmed endpoints in {clock.Elapsed.TotalSeconds:F1} s.");
        return names;
    }

    /// <summary>New crises, each of its own region and people; gives what their liaison officers alert partners with.</summary>
    public Task<AlertDesk[]> CrisesAsync(int count, CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => CrisisAsync(Interlocked.Increment(ref _crises), cancellation)));

    private async Task<AlertDesk> CrisisAsync(int number, CancellationToken cancellation)
    {
        var lead = await api.TokenAsync("lead-01", ["duty-lead"], ["*"], cancellation);
        var (commander, liaison) = ($"ic-{number}", $"lo-{number}");
        await api.StaffAsync(commander, "specialist", cancellation);
        var token = await api.StaffAsync(liaison, "partner-manager", cancellation);
        var proposed = await api.CommandAsync(
            "/v1/crises", $"crisis-{number}", new { type = "TerrorOrViolentExtremistAttack", summary = "Live video of an attack", region = new[] { $"XA-{100 + number}" } }, lead, cancellation);
        var key = proposed.GetProperty("key").GetString()!;
        await api.CommandAsync($"/v1/crises/{key}/stand-up", $"stand-up-{key}", new
        {
            consequence = 4,
            virality = 3,
            certainty = "Observed",
            codename = $"HARBOUR {number}",
            incidentCommander = commander,
            roles = new[] { new { role = "LiaisonOfficer", person = liaison } },
        }, lead, cancellation);
        return new AlertDesk(api, key, token);
    }
}

/// <summary>Where alerts of one crisis are issued.</summary>
internal sealed record AlertDesk(CrisisOpsApi Api, string Crisis, string Token)
{
    /// <summary>Issues an alert and gives its id.</summary>
    public async Task<string> IssueAsync(string[] recipients, CancellationToken cancellation)
    {
        var answer = await Api.CommandAsync(
            $"/v1/crises/{Crisis}/issue-alert", Guid.NewGuid().ToString("N"), new { recipients, headline = "Live video of an attack", text = "Please match and remove these hashes." }, Token, cancellation);
        return answer.GetProperty("events")[0].GetProperty("alertId").GetString()!;
    }
}
