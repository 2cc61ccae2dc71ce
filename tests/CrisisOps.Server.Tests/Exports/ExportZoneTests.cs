using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Exports;

/// <summary>The night in which a zone changes its offset.</summary>
public sealed class ExportZoneTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task When_the_clocks_are_set_back_the_same_wall_time_stands_twice_with_two_offsets()
    {
        // Berlin sets its clocks back on 31 October 2027 at 01:00Z.
        await (await server.As("lead-01", roles: ["duty-lead"])).MoveTo(new DateTimeOffset(2027, 10, 31, 0, 30, 0, TimeSpan.Zero));
        var crisis = await server.StandUp();
        await crisis.Commander.Gives(crisis.Key, "post-note", new { text = "before" });
        await crisis.Commander.MoveTo(new DateTimeOffset(2027, 10, 31, 1, 30, 0, TimeSpan.Zero));
        await crisis.Commander.Gives(crisis.Key, "post-note", new { text = "after" });

        var rows = (await crisis.Commander.Export(crisis.Key, "html", "&zone=Europe/Berlin")).Html().Table("Timeline");

        rows.Single(r => r[3] == "before")[0].ShouldMatch("^2027-10-31 02:3\\d:\\d\\d \\+02:00$");
        rows.Single(r => r[3] == "after")[0].ShouldMatch("^2027-10-31 02:3\\d:\\d\\d \\+01:00$");
    }
}
