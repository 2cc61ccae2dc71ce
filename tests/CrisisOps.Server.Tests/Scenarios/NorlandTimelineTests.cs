using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;
using static CrisisOps.Server.Tests.Scenarios.Playing;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>Assertions 2 and 6 of domain §7: the timeline of the crisis at any instant, for each audience.</summary>
[Collection(NorlandCollection.Name)]
public sealed class NorlandTimelineTests(NorlandStore store)
{
    private static readonly string[] _streams = [EL1, CR7, E101, E102, E103, E104, E105];

    /// <summary>E104 and E105 belong to no crisis; the election and the three first cases do.</summary>
    private static readonly string[] _gathered = [EL1, CR7, E101, E102, E103];

    [Theory]
    [InlineData("2027-05-15T14:10:00Z", 25, 6, 0)]
    [InlineData("2027-05-15T14:30:00Z", 38, 11, 0)]
    [InlineData("2027-05-15T18:10:00Z", 58, 16, 7)]
    public async Task As_of_an_instant_the_timeline_has_exactly_what_was_known_then(string instant, int known, int ofCrisis, int reports)
    {
        var listed = All.Where(r => r.Instant <= At(instant)).ToArray();
        listed.Length.ShouldBe(known);
        listed.Count(r => r.Stream == CR7).ShouldBe(ofCrisis);

        long all = 0;
        foreach (var stream in _streams)
        {
            all += await store.Count(stream, At(instant));
        }

        all.ShouldBe(known + reports);
        (await store.Count(CR7, At(instant))).ShouldBe(ofCrisis + reports);

        var lead = await store.Lead();
        foreach (var order in new[] { "occurred", "recorded" })
        {
            var entries = (await lead.Get($"/v1/timelines/{CR7}?asOf={instant}&limit=500&order={order}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().ToArray();
            entries.GroupBy(e => e.GetProperty("stream").GetString()!).ToDictionary(g => g.Key, g => g.Count()).ShouldBe(
                _gathered.ToDictionary(s => s, s => listed.Count(r => r.Stream == s) + (s == CR7 ? reports : 0)), ignoreOrder: true);
            entries.Select(e => e.Instant("recordedAt")).ShouldAllBe(at => at <= At(instant));
        }

        var crisis = (await lead.Get($"/v1/crises/{CR7}?asOf={instant}")).ShouldBe(200).Json;
        (crisis.GetProperty("state").GetString(), crisis.GetProperty("level").GetString()).ShouldBe(("Active", "Level1"));
    }

    [Fact]
    public async Task Corrected_only_core_reads_the_old_text_and_every_other_audience_reads_that_it_was_corrected()
    {
        var lead = await store.Lead();
        var specialist = await store.As("spec-55", regions: ["XN"], clearance: "AMBER+STRICT");

        var core = (await lead.Get($"/v1/timelines/{CR7}?limit=500")).ShouldBe(200).Text;
        var functions = (await specialist.Get($"/v1/timelines/{CR7}?limit=500")).ShouldBe(200).Text;
        var before = (await lead.Get($"/v1/timelines/{CR7}?limit=500&asOf=2027-05-15T14:19:00Z")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Single(e => e.ToString().Contains("11 injured", StringComparison.Ordinal));

        core.ShouldContain("11 injured");
        core.ShouldContain("amendedAt");
        functions.ShouldNotContain("11 injured");
        functions.ShouldContain("corrected at 14:21");
        before.TryGetProperty("amendedAt", out _).ShouldBeFalse();
    }
}
