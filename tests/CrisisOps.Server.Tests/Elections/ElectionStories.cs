using System.Globalization;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Elections;

/// <summary>How elections come to where a test begins.</summary>
internal static class ElectionStories
{
    /// <summary>Registers an election; its day lies two years ahead.</summary>
    public static async Task<Answer> Register(this Api lead, string region, string tz = "Europe/Vienna", string? day = null) => await lead.Send(HttpMethod.Post, "/v1/elections", new
    {
        region,
        electionType = "Parliamentary",
        tz,
        authority = "Norland Electoral Commission",
        electionDay = day ?? $"{(await lead.Now()).Year + 2}-05-16",
    });

    /// <summary>An assessed election whose phases begin one, two, … days from now.</summary>
    public static async Task<string> Scheduled(this Api lead, string region)
    {
        var key = (await lead.Register(region)).ShouldBe(201).Key;
        await lead.Gives(key, "assess-risk", new { tier = "High", drivers = new[] { "Polarisation" }, confidence = "moderate" });
        var now = await lead.Now();
        await lead.Gives(key, "set-schedule", new { phases = Phases(now) });
        return key;
    }

    public static object[] Phases(DateTimeOffset now, double shift = 0) =>
    [
        .. ((string[])["PreElection", "SilencePeriod", "Voting", "Counting", "Certification", "PostElection"])
            .Select((phase, index) => new { phase, at = Text(now.AddDays(index + 1 + shift)) }),
    ];

    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
