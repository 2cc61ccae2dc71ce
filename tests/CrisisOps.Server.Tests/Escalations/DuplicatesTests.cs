using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Escalations;

/// <summary>Cases that look alike, as they are and as they were.</summary>
public sealed class DuplicatesTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly object[] _content = [new { itemId = "post-4711", itemType = "video" }];

    [Fact]
    public async Task As_of_an_instant_they_are_those_that_were_there_as_they_were_the_open_ones_first()
    {
        var api = await server.As("spec-04");
        var before = await api.Now();
        await api.Pass(TimeSpan.FromMinutes(1));
        var key = await api.Raised(new { contentRefs = _content });
        var (one, two) = (await api.Raised(new { contentRefs = _content }), await api.Raised(new { contentRefs = _content }));
        await api.Raised();
        var then = await api.Now();
        var shown = await Found(api, key);
        await api.Pass(TimeSpan.FromMinutes(1));
        (await api.Post(two, "void", new { reason = "raised by mistake" })).ShouldBeDone();
        var three = await api.Raised(new { contentRefs = _content });

        (await Found(api, key)).Select(f => f.Key).ShouldBe([three, one, two]);
        (await Found(api, key, $"?asOf={TimelineCalls.Instant(then)}")).ShouldBe(shown);
        shown.Select(f => f.Key).ShouldBe([two, one]);
        shown.ShouldAllBe(f => f.Why == """{"sameExternalRef":false,"sameContent":["post-4711"]}""");
        (await Found(api, key, $"?asOf={TimelineCalls.Instant(then)}&limit=1")).ShouldBe(shown[..1]);
        (await Found(api, key, $"?asOf={TimelineCalls.Instant(await api.Now())}")).ShouldBe(await Found(api, key));
        (await api.Get($"/v1/escalations/{key}/duplicates?asOf={TimelineCalls.Instant(before)}")).ShouldBeProblem(404, "not-found");

        // Rights are those of now.
        (await (await server.As("lead-01", roles: ["duty-lead"], clearance: "RED")).Post(one, "raise-tlp", new { to = "RED", reason = "names a victim" })).ShouldBeDone();
        (await Found(await server.As("spec-05"), key, $"?asOf={TimelineCalls.Instant(then)}")).Select(f => f.Key).ShouldBe([two]);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("a,b")]
    [InlineData("{a}")]
    [InlineData(@"a\"",""b\\")]
    [InlineData("'; --")]
    public async Task Content_is_known_by_its_whole_id_whatever_stands_in_it(string item)
    {
        var api = await server.As("spec-04");
        var first = await api.Raised(new { contentRefs = new[] { new { itemId = item, itemType = "video" }, new { itemId = $"{item}-2", itemType = "video" } } });
        var second = await api.Raised(new { contentRefs = new[] { new { itemId = item, itemType = "video" } } });

        (await Found(api, second)).Select(f => f.Key).ShouldBe([first]);
    }

    private static async Task<(string Key, string State, string Why)[]> Found(Api api, string key, string query = "") =>
        [.. (await api.Get($"/v1/escalations/{key}/duplicates{query}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray()
            .Select(i => (i.GetProperty("key").GetString()!, i.GetProperty("state").GetString()!, i.GetProperty("why").GetRawText()))];
}
