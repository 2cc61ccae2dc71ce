using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>An alert raises an escalation or folds into one, and whoever looks sees which, by what key, and why.</summary>
public sealed class FoldingTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_first_alert_raises_an_escalation_with_what_it_says()
    {
        var feed = await server.Feed();
        var receipt = await feed.Sends(Alert("fire-1", "vid-1", severity: "warning").With("text", "Seen at noon.").With("policyArea", "ViolenceAndIncitement").With("threatToLife", true));

        var key = (await server.CaseOf(receipt)).ShouldNotBeNull();
        var seen = await (await Specialist(feed)).Read(key);
        seen.GetProperty("title").GetString().ShouldBe("Posts call for violence");
        seen.GetProperty("allegation").GetString().ShouldBe("Seen at noon.");
        seen.GetProperty("source").GetString().ShouldBe("CivilSociety");
        seen.GetProperty("regions")[0].GetString().ShouldBe(feed.Region);
        seen.GetProperty("proposedSeverity").GetString().ShouldBe("SEV3");
        seen.GetProperty("policyArea").GetString().ShouldBe("ViolenceAndIncitement");
        seen.GetProperty("flags").EnumerateArray().Select(f => f.GetString()).ShouldBe(["ThreatToLife"]);
        seen.GetProperty("raisedBy").GetString().ShouldBe(feed.Source);
    }

    [Fact]
    public async Task The_same_alert_again_is_known_and_counts_nothing()
    {
        var feed = await server.Feed();
        var alert = Alert("fire-2");
        var receipt = await feed.Sends(alert);

        (await feed.Sends(alert)).ShouldBe(receipt);
        (await feed.Sends(alert.With("title", "Other words"))).ShouldBe(receipt);

        (await server.RaisedBy(feed)).Count.ShouldBe(1);
        (await server.Database.Scalar<long>("select count(*) from crisis.alerts where source = $1", feed.Source)).ShouldBe(1);
    }

    [Theory]
    [InlineData("dedup", "DedupKey", "by the source's own dedup key")]
    [InlineData("content", "ContentId", "about the same content")]
    public async Task What_belongs_to_an_open_case_is_folded_in_and_counted(string by, string reason, string told)
    {
        var feed = await server.Feed();
        Dictionary<string, object?> Another() => by == "dedup" ? Alert(dedupKey: "smoke") : Alert(content: $"vid-{feed.Source}");
        var key = (await server.CaseOf(await feed.Sends(Another())))!;

        var second = await feed.Sends(Another());
        await feed.Sends(Another());

        (await server.CaseOf(second)).ShouldBe(key);
        (await server.ReasonOf(second)).ShouldBe(reason);
        await server.Tallied();
        var specialist = await Specialist(feed);
        (await specialist.Read(key)).GetProperty("reportCount").GetInt32().ShouldBe(3);
        (await server.RaisedBy(feed)).ShouldBe([key]);
        var entries = (await specialist.Timeline(key)).Where(e => e.GetRawText().Contains("folded in")).ToArray();
        entries.Length.ShouldBeInRange(1, 2); // at once, and again after a second
        entries[^1].GetRawText().ShouldContain("3 in all");
        entries[0].GetProperty("body").GetString()!.ShouldContain(told);
        entries[0].GetProperty("body").GetString()!.ShouldContain(feed.Source);
    }

    [Fact]
    public async Task Content_folds_across_sources_and_neither_is_told_of_the_other()
    {
        var (first, second) = (await server.Feed(), await server.Feed());
        var content = $"vid-{first.Source}";
        var key = (await server.CaseOf(await first.Sends(Alert(content: content))))!;

        var fresh = await second.Send(Alert(content: $"vid-{second.Source}"));
        var folded = await second.Send(Alert(content: content));

        (await server.CaseOf(folded.Json.GetProperty("receipt").GetString()!)).ShouldBe(key);
        folded.Status.ShouldBe(fresh.Status);
        folded.Json.EnumerateObject().Select(m => m.Name).ShouldBe(fresh.Json.EnumerateObject().Select(m => m.Name));
        folded.Text.ShouldNotContain("ESC-");
        var receipt = await second.Get($"/v1/receipts/{folded.Json.GetProperty("receipt").GetString()}");
        receipt.ShouldBe(200).Text.ShouldNotContain("ESC-");
        receipt.Text.ShouldNotContain(key);
        (await first.Get($"/v1/receipts/{folded.Json.GetProperty("receipt").GetString()}")).ShouldBe(404);
    }

    [Fact]
    public async Task Dedup_keys_of_two_sources_have_nothing_to_do_with_each_other()
    {
        var (first, second) = (await server.Feed(), await server.Feed());

        var one = await server.CaseOf(await first.Sends(Alert("disk")));
        var other = await server.CaseOf(await second.Sends(Alert("disk")));

        other.ShouldNotBe(one);
    }

    [Fact]
    public async Task A_case_that_people_ended_takes_no_more_and_the_next_alert_raises_a_new_one()
    {
        var feed = await server.Feed();
        var first = (await server.CaseOf(await feed.Sends(Alert("smoke", "vid-ended"))))!;
        (await (await server.As("lead-01", roles: ["duty-lead"], regions: [feed.Region])).Post(first, "reject", new { reason = "Duplicate", explanation = "A drill." })).Ok.ShouldBeTrue();

        var second = await server.CaseOf(await feed.Sends(Alert("smoke")));
        second.ShouldNotBeNull().ShouldNotBe(first);
        (await server.CaseOf(await feed.Sends(Alert(content: "vid-ended")))).ShouldNotBe(first);
        (await server.CaseOf(await feed.Sends(Alert("smoke")))).ShouldBe(second);
    }

    [Fact]
    public async Task Content_of_a_case_that_ended_leads_to_the_case_that_reports_of_it_folded_into_since()
    {
        var feed = await server.Feed();
        var content = $"vid-{feed.Source}";
        var ended = (await server.CaseOf(await feed.Sends(Alert("first", content))))!;
        (await (await server.As("lead-01", roles: ["duty-lead"], regions: [feed.Region])).Post(ended, "reject", new { reason = "Duplicate", explanation = "A drill." })).Ok.ShouldBeTrue();
        var open = await server.CaseOf(await feed.Sends(Alert("second")));

        (await server.CaseOf(await feed.Sends(Alert("second", content)))).ShouldBe(open);

        (await server.CaseOf(await feed.Sends(Alert(content: content)))).ShouldBe(open);
    }

    [Fact]
    public async Task What_was_merged_takes_its_alerts_with_it()
    {
        var feed = await server.Feed();
        var (first, second) = ((await server.CaseOf(await feed.Sends(Alert("one"))))!, (await server.CaseOf(await feed.Sends(Alert("two"))))!);
        (await (await Specialist(feed)).Post(second, "merge", new { into = first })).Ok.ShouldBeTrue();

        (await server.CaseOf(await feed.Sends(Alert("two")))).ShouldBe(first);
    }

    [Fact]
    public async Task A_worse_report_raises_the_severity_and_a_lesser_one_does_not_lower_it()
    {
        var feed = await server.Feed();
        var key = (await server.CaseOf(await feed.Sends(Alert("smoke", severity: "warning"))))!;

        await feed.Sends(Alert("smoke", severity: "critical").With("threatToLife", true));
        await feed.Sends(Alert("smoke", severity: "info"));

        await server.Tallied();
        var seen = await (await Specialist(feed)).Read(key);
        seen.GetProperty("effectiveSeverity").GetString().ShouldBe("SEV1");
        seen.GetProperty("flags").GetRawText().ShouldContain("ThreatToLife");
        seen.GetProperty("clocks").GetRawText().ShouldContain("ThreatToLifeReferral");
    }

    [Fact]
    public async Task A_source_that_says_it_is_over_closes_nothing()
    {
        var feed = await server.Feed();
        var key = (await server.CaseOf(await feed.Sends(Alert("smoke"))))!;

        await feed.Sends(Alert("smoke").With("action", "acknowledge"));
        await feed.Sends(Alert("smoke").With("action", "resolve"));

        await server.Tallied();
        var specialist = await Specialist(feed);
        var seen = await specialist.Read(key);
        seen.GetProperty("state").GetString().ShouldBe("Received");
        seen.GetProperty("reportCount").GetInt32().ShouldBe(1);
        (await specialist.Timeline(key)).ShouldContain(e => e.GetRawText().Contains("says that it is over"));
    }

    [Fact]
    public async Task A_source_that_flaps_stays_one_escalation()
    {
        var feed = await server.Feed();
        for (var i = 0; i < 10; i++)
        {
            await feed.Sends(Alert("flap"));
            await feed.Sends(Alert("flap").With("action", "resolve"));
        }

        await server.Tallied();
        var key = (await server.RaisedBy(feed)).ShouldHaveSingleItem();
        (await (await Specialist(feed)).Read(key)).GetProperty("reportCount").GetInt32().ShouldBe(10);
    }

    [Fact]
    public async Task What_is_taken_back_and_was_never_open_is_kept_and_raises_nothing()
    {
        var feed = await server.Feed();

        var receipt = await feed.Sends(Alert("nothing").With("action", "resolve"));

        (await server.ReasonOf(receipt)).ShouldBe("NothingOpen");
        (await server.RaisedBy(feed)).ShouldBeEmpty();
        var kept = (await (await Specialist(feed)).Get($"/v1/alerts/kept?source={feed.Source}")).ShouldBe(200).Json.GetProperty("items")[0];
        kept.GetProperty("receipt").GetString().ShouldBe(receipt);
        kept.GetProperty("why").GetString()!.ShouldContain("of which nothing is open here");
    }

    [Fact]
    public async Task A_report_that_the_partner_made_itself_before_is_the_same_report()
    {
        var partner = $"Watch {Guid.NewGuid():n}";
        var feed = await server.Feed(new { kind = "TrustedPartner", partnerId = partner });
        var self = await server.As("watch-bot", roles: ["partner"], regions: [feed.Region], partner: partner);
        var key = await self.Raised(new { source = "TrustedPartner", externalRef = "W-77", region = new[] { feed.Region } });

        var receipt = await feed.Sends(Alert(reference: "W-77"));

        (await server.CaseOf(receipt)).ShouldBe(key);
        (await server.ReasonOf(receipt)).ShouldBe("Reference");
    }

    [Fact]
    public async Task An_exercise_never_folds_with_what_is_real()
    {
        var feed = await server.Feed();
        var real = await server.CaseOf(await feed.Sends(Alert("smoke", "vid-drill")));

        var drill = await server.CaseOf(await feed.Sends(Alert("smoke", "vid-drill").With("exercise", true)));

        drill.ShouldNotBeNull().ShouldNotBe(real);
        (await (await Specialist(feed)).Read(drill)).GetProperty("exercise").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Core_reads_the_alerts_behind_a_case_with_the_hash_of_their_bytes_and_nobody_else_does()
    {
        var feed = await server.Feed();
        var key = (await server.CaseOf(await feed.Sends(Alert("smoke"))))!;
        var line = Alert("smoke").Line();
        (await feed.Send("/v1/alerts", line)).ShouldBe(202);

        var items = (await (await Specialist(feed)).Get($"/v1/escalations/{key}/alerts?limit=1")).ShouldBe(200);
        items.Json.GetProperty("items")[0].GetProperty("hash").GetString().ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(line))));
        var rest = (await (await Specialist(feed)).Get($"/v1/escalations/{key}/alerts?limit=1&cursor={items.Json.GetProperty("next").GetString()}")).ShouldBe(200).Json;
        rest.GetProperty("items")[0].GetProperty("why").GetString()!.ShouldContain("It raised this escalation");
        rest.GetProperty("next").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);

        (await (await server.As("spec-far", regions: ["YY"])).Get($"/v1/escalations/{key}/alerts")).ShouldBe(404);
        (await (await server.As("exec-01", roles: ["executive"], regions: [feed.Region])).Get($"/v1/escalations/{key}/alerts")).ShouldBe(404);
        (await (await server.As("spec-far", regions: ["YY"])).Get("/v1/alerts/kept")).ShouldBe(200).Json.GetProperty("items").GetRawText().ShouldNotContain(feed.Source);
    }

    private Task<Api> Specialist(Feed feed) => server.As("spec-04", regions: [feed.Region]);
}
