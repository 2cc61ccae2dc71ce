using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Scenarios;
using Shouldly;

namespace CrisisOps.Server.Tests.Reviews;

/// <summary>Who gets which facts, and that nobody types one.</summary>
public sealed class ReviewFactsTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_reader_gets_facts_of_streams_that_they_see_and_nobody_else_gets_any()
    {
        var (crisis, review, named) = await Opened();
        var near = await server.As("pe-77", roles: ["policy-expert"], regions: [crisis.Region], clearance: "AMBER");

        (await Streams(crisis.Lead, review)).ShouldBe([crisis.Key, named]);
        // The case lies elsewhere: nobody consulted them on it.
        (await Streams(near, review)).ShouldBe([crisis.Key]);
        (await near.Get($"/v1/reviews/{review}/facts")).Text.ShouldNotContain(named);
        (await (await server.As("lead-09", roles: ["duty-lead"], regions: ["XS"])).Get($"/v1/reviews/{review}/facts")).ShouldBeProblem(404, "not-found");
        (await crisis.Lead.Get("/v1/reviews/PIR-2027-9999/facts")).ShouldBeProblem(404, "not-found");
        (await crisis.Lead.Get($"/v1/reviews/{crisis.Key}/facts")).ShouldBeProblem(404, "not-found");
        (await crisis.Lead.Get($"/v1/reviews/{review}/facts?asOf=noon")).ShouldBeProblem(422, "validation", member: "asOf");
        (await crisis.Lead.Get($"/v1/reviews/{review}/facts?version=2")).ShouldBeProblem(422, "validation", member: "version");
    }

    [Fact]
    public async Task The_approval_holds_what_was_submitted_and_what_is_computed_anew()
    {
        var (crisis, review, _) = await Opened();
        await crisis.Commander.Gives(review, "record-contributing-factor", new { text = "Nobody read the language." });
        var hash = (await crisis.Lead.Get($"/v1/reviews/{review}/facts")).Json.Text("hash");
        // A number that somebody sends is no number.
        (await crisis.Lead.Give(review, "submit", new { facts = new { hash = "0" } })).ShouldBeProblem(422, "validation", member: "facts");
        await crisis.Lead.Gives(review, "submit");
        // What is recorded later is later.
        await crisis.Commander.Gives(crisis.Key, "post-note", new { text = "Afterwards." });

        await (await server.Staff("lead-02", "duty-lead")).Gives(review, "approve");

        (await server.Database.Column<string>("select data ->> 'factsHash' from crisis.mt_events where stream_id = $1 and type in ('review_submitted', 'review_approved')", review)).ShouldBe([hash, hash]);
        (await crisis.Lead.Get($"/v1/reviews/{review}/facts")).Json.Text("hash").ShouldBe(hash);
        (await crisis.Lead.Get($"/v1/reviews/{review}/facts?asOf=2999-01-01T00:00:00Z")).Json.TryGetProperty("hash", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_case_is_named_once_by_who_sees_it()
    {
        var (crisis, review, named) = await Opened();

        (await crisis.Lead.Give(review, "name-case", new { escalationKey = named })).ShouldBeProblem(422, "guard-failed", guard: "case-new");
        (await crisis.Commander.Give(review, "name-case", new { escalationKey = "ESC-2027-999999" })).ShouldBeProblem(422, "guard-failed", guard: "escalation-known");
        (await crisis.Lead.Read(review)).GetProperty("cases").EnumerateArray().Select(c => c.GetString()).ShouldBe([named]);
    }

    private static async Task<string[]> Streams(Api reader, string review) =>
        [.. (await reader.Get($"/v1/reviews/{review}/facts")).ShouldBe(200).Json.GetProperty("facts").GetProperty("streams").EnumerateArray().Select(s => s.Text("stream"))];

    private async Task<(CrisisStories.Crisis Crisis, string Review, string Named)> Opened()
    {
        var crisis = await server.StandUp();
        var named = await (await server.As("spec-50", regions: ["XS"])).Raised(new { region = new[] { "XS" } });
        await crisis.StandDown();
        var review = await crisis.Review();
        await crisis.Lead.Gives(review, "name-case", new { escalationKey = named });
        return (crisis, review, named);
    }
}
