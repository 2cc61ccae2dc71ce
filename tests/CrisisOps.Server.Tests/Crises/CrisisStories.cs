using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Crises;

/// <summary>How crises come to where a test begins.</summary>
internal static class CrisisStories
{
    /// <summary>Proposes a crisis; absent members get what a plain proposal has.</summary>
    public static Task<Answer> Propose(this Api api, string region, string summary = "Live video of an attack", string? type = null, string[]? refs = null) =>
        api.Send(HttpMethod.Post, "/v1/crises", new { type = type ?? "TerrorOrViolentExtremistAttack", summary, region = new[] { region }, refs });

    /// <summary>A crisis of Level1 that ic-01 commands, with lo-02 as liaison and pio-01 for the press.</summary>
    public static async Task<Crisis> StandUp(this TestServer server, string? region = null, string summary = "Live video of an attack", int consequence = 4)
    {
        region ??= StreamCalls.NewRegion();
        var lead = await server.Staff("lead-01", "duty-lead");
        var ic = await server.Staff("ic-01", "specialist");
        var liaison = await server.Staff("lo-02", "partner-manager");
        var press = await server.Staff("pio-01", "communications");
        var key = (await lead.Propose(region, summary)).ShouldBe(201).Key;
        await lead.Gives(key, "stand-up", new
        {
            consequence,
            virality = 3,
            certainty = "Observed",
            codename = "HARBOUR",
            incidentCommander = "ic-01",
            roles = new[] { new { role = "LiaisonOfficer", person = "lo-02" }, new { role = "PublicInformationOfficer", person = "pio-01" } },
        });
        return new Crisis(key, region, lead, ic, liaison, press);
    }

    /// <summary>Ends the response: the reports are out, nothing is on and nobody waits.</summary>
    public static async Task StandDown(this Crisis crisis)
    {
        await crisis.Reports();
        await crisis.Stabilizes();
        await crisis.Reports("Final");
        await crisis.Ends();
    }

    public static Task Reports(this Crisis crisis, string? version = null) =>
        crisis.Commander.Gives(crisis.Key, "publish-sit-rep", new { significantEvents = "No re-upload for a day.", plannedActions = "Stand down.", version });

    public static Task Stabilizes(this Crisis crisis) =>
        crisis.Commander.Gives(crisis.Key, "stabilize", new { exitIndicators = new[] { "no re-upload for three hours" } });

    public static Task Ends(this Crisis crisis) => crisis.Commander.Gives(crisis.Key, "stand-down", new { reason = "nothing new for a day" });

    /// <summary>The review that the rule opens of a crisis that was stood down.</summary>
    public static async Task<string> Review(this Crisis crisis)
    {
        var key = $"PIR-{crisis.Key[3..]}";
        await Eventually.Is(async () => (await crisis.Lead.Get($"/v1/reviews/{key}")) is { Ok: true } review && review.Json.TryGetProperty("frozenAsOf", out _), "the review is open");
        return key;
    }

    public sealed record Crisis(string Key, string Region, Api Lead, Api Commander, Api Liaison, Api Press);
}
