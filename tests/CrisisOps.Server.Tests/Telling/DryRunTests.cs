using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>Before somebody sends something they see who would get it, in which words, and who would not and why.</summary>
public sealed class DryRunTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public async Task A_dry_run_of_an_update_shows_each_recipient_with_the_text_and_who_is_left_out_and_why_and_sends_nothing()
    {
        var region = StreamCalls.NewRegion();
        var (reader, uncleared) = (await Reader.Of(server), await Reader.Of(server, clearance: "GREEN"));
        await reader.Subscribes(region);
        await uncleared.Subscribes(region, maxTlp: "GREEN");
        var crisis = await server.StandUp(region);
        await reader.Next();

        var tried = await crisis.Commander.Send(HttpMethod.Post, $"/v1/crises/{crisis.Key}/post-update?dryRun=true", new { condition = "The video is down.", sendAfter = "PT1M" });

        var told = tried.ShouldBe(200).Json.GetProperty("recipients").EnumerateArray().ShouldHaveSingleItem();
        told.GetProperty("name").GetString().ShouldBe(reader.Id);
        told.GetProperty("channel").GetString().ShouldBe("Email");
        told.GetProperty("text").GetString().ShouldNotBeNull().ShouldContain("U-1: The video is down.");
        told.GetProperty("text").GetString().ShouldNotBeNull().ShouldContain("/v1/links/unsubscribe/…"); // what a link may do is for its receiver
        Left(tried, uncleared.Id).ShouldBe("not-cleared");
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dry_run_of_an_alert_shows_the_message_for_each_partner_it_names()
    {
        var (key, name, _) = await server.Reachable(full: true);
        var (_, low) = await server.Partner("GREEN");
        var crisis = await server.StandUp();

        var tried = await crisis.Liaison.Send(HttpMethod.Post, $"/v1/crises/{crisis.Key}/issue-alert?dryRun=true", new { recipients = new[] { name, low }, headline = "Live video of an attack", text = "Match these hashes." });

        var told = tried.ShouldBe(200).Json.GetProperty("recipients").EnumerateArray().ShouldHaveSingleItem();
        told.GetProperty("recipient").GetString().ShouldBe(key);
        told.GetProperty("name").GetString().ShouldBe(name);
        told.GetProperty("text").GetString().ShouldNotBeNull().ShouldContain("Match these hashes.");
        Left(tried, low).ShouldBeOneOf("clearance", "no-endpoint");
        (await server.Deliveries($"incident={crisis.Key}&kind=Alert")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dry_run_of_an_answer_shows_what_the_requester_would_read()
    {
        var spec = await server.Staff("spec-04", "specialist");
        var key = (await spec.Send(HttpMethod.Post, "/v1/escalations", new { title = "A post", source = "UserReport", surface = "Live", region = new[] { "XN" }, requester = new { contactRef = "REQ-unknown" } })).ShouldBe(201).Key;
        await spec.Gives(key, "take", new { policyArea = "Spam" });

        var tried = await spec.Send(HttpMethod.Post, $"/v1/escalations/{key}/respond-to-requester?dryRun=true", new { template = "t", disclosureLevel = "Outcome", text = "We look at it." });

        tried.ShouldBe(200).Json.GetProperty("recipients").GetArrayLength().ShouldBe(0);
        tried.Json.GetProperty("leftOut").EnumerateArray().ShouldHaveSingleItem().GetProperty("why").GetString().ShouldBe("no-contact");
    }

    private static string Left(Answer tried, string name) =>
        tried.Json.GetProperty("leftOut").EnumerateArray().First(l => l.GetProperty("name").GetString() == name).GetProperty("why").GetString()!;
}
