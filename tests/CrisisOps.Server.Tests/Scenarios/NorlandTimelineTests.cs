using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>What was known when, and who reads it (domain §7, assertions 2, 3 and 6).</summary>
[Collection(NorlandCollection.Name)]
public sealed class NorlandTimelineTests(NorlandStory story)
{
    private const string Withdrawn = "11 injured";

    [Theory]
    [InlineData("05-15 14:10:00", 25, 6)]
    [InlineData("05-15 14:30:00", 38, 11)]
    [InlineData("05-15 18:10:00", 58 + 7, 16 + 7)]
    public async Task AsOf(string instant, int everything, int crisis)
    {
        (await Known(instant, null)).ShouldBe(everything);
        (await Known(instant, CR7)).ShouldBe(crisis);
        story.Events.Count(e => e.At <= At(instant) && e.Type == "sit_rep_published").ShouldBe(crisis < 16 ? 0 : 8);
    }

    /// <summary>Links are judged as of now: the case of the authority and that of the commission belong to no crisis.</summary>
    [Theory]
    [InlineData("2027-05-15T14:10:00Z", new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25 })]
    [InlineData("2027-05-15T14:30:00Z", new[]
    {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 34, 37,
    })]
    public async Task AsOf_on_the_timeline_of_the_crisis(string instant, int[] rows)
    {
        var core = await story.Person("ic-01");

        var entries = await NorlandStory.Timeline(core, CR7, $"&asOf={instant}");

        entries.Select(e => e.Text("entryId")).ShouldBe(rows.Select(Entry), ignoreOrder: true);
        entries.Select(e => e.Instant("occurredAt")).ShouldBeInOrder();
        var recorded = await NorlandStory.Timeline(core, CR7, $"&order=recorded&asOf={instant}");
        recorded.Select(e => e.Text("entryId")).ShouldBe(rows.Select(Entry), ignoreOrder: true);
        recorded.Select(e => e.Instant("recordedAt")).ShouldBeInOrder();
        entries[0].Text("stream").ShouldBe(EL1);
    }

    [Fact]
    public async Task AsOf_of_the_crisis_itself()
    {
        var crisis = await (await story.Person("ic-01")).Read(CR7, "?asOf=2027-05-15T14:10:00Z");

        crisis.Text("state").ShouldBe("Active");
        crisis.Text("level").ShouldBe("Level1");
        crisis.GetProperty("version").GetInt64().ShouldBe(6);
    }

    [Fact]
    public async Task Bitemporal()
    {
        var reader = await story.Person("spec-04");

        var raised = (await NorlandStory.Timeline(reader, E101))[0];

        raised.Instant("occurredAt").ShouldBe(At("05-15 13:52:00"));
        raised.Instant("recordedAt").ShouldBeSoonAfter(At("05-15 13:55:10"));
        (await NorlandStory.Timeline(reader, E101, "&asOf=2027-05-15T13:53:00Z")).ShouldBeEmpty();
        (await NorlandStory.Timeline(reader, CR7, "&asOf=2027-05-15T13:53:00Z")).ShouldAllBe(e => e.Text("stream") == EL1);
        // What was true at 13:53, as far as was known two minutes later: it was under way.
        (await NorlandStory.Timeline(reader, E101, "&asOf=2027-05-15T13:53:00Z&clock=occurred")).ShouldHaveSingleItem().Text("entryId").ShouldBe($"{E101}@1");
        (await NorlandStory.Timeline(reader, E101, "&asOf=2027-05-15T13:51:00Z&clock=occurred")).ShouldBeEmpty();
        // By occurrence it stands before what was known earlier of the same minutes, by recording where it was learned.
        (await NorlandStory.Timeline(reader, E101, "&from=2027-05-15T13:50:00Z&to=2027-05-15T13:53:00Z")).ShouldHaveSingleItem().Text("entryId").ShouldBe($"{E101}@1");
        (await NorlandStory.Timeline(reader, E101, "&order=recorded&from=2027-05-15T13:50:00Z&to=2027-05-15T13:53:00Z")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Corrected_for_Core()
    {
        var core = await story.Person("ic-01");
        var posted = Entry(32);

        var original = (await NorlandStory.Timeline(core, CR7)).Single(e => e.Text("entryId") == posted);
        original.GetRawText().ShouldContain(Withdrawn);
        original.Instant("amendedAt").ShouldBeSoonAfter(At("05-15 14:21:00"));
        original.Text("amendedBy").ShouldBe(Entry(34));

        var then = (await NorlandStory.Timeline(core, CR7, "&asOf=2027-05-15T14:19:00Z")).Single(e => e.Text("entryId") == posted);
        then.GetRawText().ShouldContain(Withdrawn);
        then.TryGetProperty("amendedAt", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("&asOf=2027-05-15T14:19:00Z")]
    public async Task Corrected_for_consulted_functions(string asOf)
    {
        var reader = await story.As("spec-77", regions: ["XN"], clearance: "AMBER+STRICT");

        var entries = await NorlandStory.Timeline(reader, CR7, asOf);

        // In the place of the old text stands the new one, under the name of its correction.
        entries.ShouldAllBe(e => e.Text("entryId") != Entry(32));
        var update = entries.First(e => e.Text("entryId") == Entry(34)).GetRawText();
        update.ShouldContain("U-1r1");
        update.ShouldContain("corrected at 14:21");
        entries.ShouldAllBe(e => !e.GetRawText().Contains(Withdrawn));
    }

    [Theory]
    [InlineData("executive")]
    [InlineData("partner")]
    [InlineData("analyst")]
    [InlineData(null)]
    public async Task Corrected_for_everybody_else(string? role)
    {
        var reader = await story.As("reader-01", roles: role is null ? [] : [role], regions: ["*"], clearance: "RED", partner: role == "partner" ? "PRT-videohub" : null);

        foreach (var asOf in (string[])["", "&asOf=2027-05-15T14:19:00Z"])
        {
            (await reader.Get($"/v1/timelines/{CR7}?limit=500{asOf}")).Text.ShouldNotContain(Withdrawn);
        }

        (await reader.Get($"/v1/crises/{CR7}")).Text.ShouldNotContain(Withdrawn);
    }

    [Fact]
    public async Task The_partner_reads_its_own_receipt_and_nothing_of_the_case()
    {
        var partner = await story.Person("norland-civic-watch");
        var other = await story.As("videohub", roles: ["partner"], partner: "PRT-videohub");

        (await partner.Get($"/v1/timelines/{E101}")).ShouldBeDone().Text.ShouldNotContain("spec-04");
        (await partner.Get($"/v1/timelines/{CR7}")).ShouldBe(404);
        (await other.Get($"/v1/timelines/{E101}")).ShouldBe(404);
    }

    private Task<long> Known(string instant, string? stream) => story.Database.Scalar<long>(
        "select count(*) from crisis.mt_events where timestamp <= $1 and stream_id = any ($2)", At(instant), stream is null ? Seven : [stream]);
}
