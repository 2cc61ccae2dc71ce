using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>Who subscribed is told what they may read of what they asked for, in words, when it happens; and nobody else is.</summary>
public sealed class SubscriberTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public async Task A_subscriber_hears_that_it_began_what_is_new_and_exactly_once_that_it_is_over()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        await reader.Subscribes(region);
        var crisis = await server.StandUp(region);

        var began = await reader.Next();
        began.Subject.ShouldBe($"[TLP:AMBER] {crisis.Key}: HARBOUR declared, Level1");
        began.Text.ShouldContain("Next message: by ");

        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "The video is down.", actions = "Hashes shared." });
        var update = await reader.Next();
        update.Text.ShouldContain("U-1: The video is down.");
        update.Text.ShouldContain("Actions: Hashes shared.");

        // Each is read before the next step: what still waits when it is over does not go out.
        await crisis.Reports();
        (await reader.Next()).Subject.ShouldContain("Situation report #1");
        await crisis.Stabilizes();
        (await reader.Next()).Subject.ShouldContain("Stabilizing");
        await crisis.Reports("Final");
        (await reader.Next()).Subject.ShouldContain("Situation report #2");
        await crisis.Ends();
        var over = await reader.Next();
        over.Subject.ShouldBe($"[TLP:AMBER] {crisis.Key}: over");
        over.Text.ShouldContain("There is no further message about this.");
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_is_told_above_their_clearance_outside_their_region_or_what_their_audience_does_not_read()
    {
        var region = StreamCalls.NewRegion();
        var elsewhere = await Reader.Of(server, regions: ["QZ"]);
        var uncleared = await Reader.Of(server, clearance: "GREEN");
        var executive = await Reader.Of(server, role: "executive");
        var citizen = await Reader.Of(server, clearance: "CLEAR");
        await elsewhere.Subscribes(region);
        await uncleared.Subscribes(region, maxTlp: "GREEN");
        await executive.Subscribes(region, audience: "Executive");
        await citizen.Subscribes(region, audience: "Public");
        var crisis = await server.StandUp(region);

        (await executive.Next()).Text.ShouldContain("HARBOUR: crisis declared, Level1");
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "For the functions only." });
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "We are aware of it.", audiences = new[] { new { audience = "Public" } }, draftedBy = "pio-01" });

        (await citizen.Next()).Text.ShouldContain("We are aware of it.");
        (await executive.Rest()).ShouldBeEmpty();
        (await elsewhere.Rest()).ShouldBeEmpty();
        (await uncleared.Rest()).ShouldBeEmpty();
        (await citizen.Rest()).ShouldBeEmpty();
        (await server.Deliveries($"incident={crisis.Key}&recipient={uncleared.Contact}&state=Suppressed")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_paused_subscription_is_silent_and_one_that_was_ended_by_its_link_stays_so()
    {
        var region = StreamCalls.NewRegion();
        var (paused, ended) = (await Reader.Of(server), await Reader.Of(server));
        var key = await paused.Subscribes(region);
        await ended.Subscribes(region);
        await paused.Self.Gives(key, "pause", new { reason = "leave" });
        var crisis = await server.StandUp(region);

        var mail = await ended.Next();
        mail.Headers["List-Unsubscribe-Post"].ShouldBe("List-Unsubscribe=One-Click");
        (await server.Follow(mail.Link("unsubscribe"))).ShouldBe(200);
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Something new." });
        await server.Database.RulesHeard();
        await paused.Self.Gives(key, "resume");
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Something else." });

        (await paused.Next()).Text.ShouldContain("Something else.");
        (await ended.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_somebody_posted_is_not_told_back_to_them()
    {
        var region = StreamCalls.NewRegion();
        var crisis = await server.StandUp(region);
        var author = await Reader.Of(server, role: "duty-lead");
        await author.Subscribes(region);

        await author.Self.Gives(crisis.Key, "post-update", new { condition = "I know this." });
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "This is new." });

        (await author.Next()).Text.ShouldContain("This is new.");
    }

    [Fact]
    public async Task Instants_are_written_in_the_readers_zone_and_the_frame_in_their_language()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server, tz: "Asia/Kolkata", language: "de-AT");
        await reader.Subscribes(region);

        await server.StandUp(region);

        var mail = await reader.Next();
        mail.Text.ShouldContain("Nächste Nachricht: bis ");
        mail.Text.ShouldContain("UTC+05:30");
    }

    [Fact]
    public async Task No_link_that_somebody_wrote_leaves_in_a_message()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        await reader.Subscribes(region);
        var crisis = await server.StandUp(region);
        await reader.Next();

        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Seen at https://video.example/live/1 and www.mirror.example today." });

        var text = (await reader.Next()).Text;
        text.ShouldContain("Seen at [link left out] and [link left out] today.");
        text.ShouldNotContain("video.example");
    }

    [Fact]
    public async Task A_reader_acknowledges_with_the_link_and_the_crisis_knows_who_has_read_it()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        await reader.Subscribes(region);
        var crisis = await server.StandUp(region);
        await reader.Next();

        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Read this now.", ackRequiredWithin = "PT15M" });
        (await server.Follow((await reader.Next()).Link("acknowledge"), new { by = "night desk" })).ShouldBe(200);

        (await server.Database.Scalar<string>("select data->>'by' from crisis.mt_events where stream_id = $1 and type = 'crisis_update_acknowledged'", crisis.Key)).ShouldBe(reader.Id);
        (await server.Delivery($"incident={crisis.Key}&recipient={reader.Contact}&kind=Update", "Acknowledged")).GetProperty("acknowledgedBy").GetString().ShouldBe("night desk");
    }
}
