using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>Whoever got a wrong text gets the right one, or at least that it was wrong; and whoever was told "open" is told "over", whatever they may read by then.</summary>
public sealed class CorrectionTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public async Task A_correction_reaches_who_got_the_wrong_text_and_who_paused_since()
    {
        var region = StreamCalls.NewRegion();
        var (reader, paused) = (await Reader.Of(server), await Reader.Of(server));
        await reader.Subscribes(region);
        var subscription = await paused.Subscribes(region);
        var crisis = await Told(region, "11 injured (unconfirmed).", reader, paused);
        await paused.Self.Gives(subscription, "pause", new { reason = "leave" });

        await crisis.Commander.Gives(crisis.Key, "correct-update", new { updateId = "U-1", reason = "not confirmed", condition = "People are injured; how many is not confirmed." });

        foreach (var one in new[] { reader, paused })
        {
            var mail = await one.Next();
            mail.Subject.ShouldContain("correction: U-1r1");
            mail.Text.ShouldContain("Please do not use or pass on the earlier text.");
            mail.Text.ShouldNotContain("11 injured");
        }
    }

    [Fact]
    public async Task Who_may_not_read_the_new_text_hears_that_the_old_one_is_withdrawn_and_at_the_end_once_that_it_is_over()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server, clearance: "AMBER");
        await reader.Subscribes(region);
        var crisis = await Told(region, "11 injured (unconfirmed).", reader);
        await crisis.Commander.Gives(crisis.Key, "raise-tlp", new { to = "AMBER+STRICT", reason = "names of victims" });

        await crisis.Commander.Gives(crisis.Key, "correct-update", new { updateId = "U-1", reason = "not confirmed", condition = "Nobody is injured." });
        var withdrawn = await reader.Next();
        withdrawn.Subject.ShouldBe($"[TLP:CLEAR] {crisis.Key}: withdrawn");
        withdrawn.Text.ShouldNotContain("injured");

        await crisis.StandDown();
        var over = await reader.Next();
        over.Subject.ShouldBe($"[TLP:CLEAR] {crisis.Key}: over");
        over.Text.ShouldNotContain("Stood down");
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_redaction_tells_those_who_read_the_entry_that_it_is_withdrawn_and_nobody_else()
    {
        var region = StreamCalls.NewRegion();
        var (reader, late) = (await Reader.Of(server), await Reader.Of(server));
        await reader.Subscribes(region);
        var crisis = await Told(region, "The name of a victim.", reader);
        await late.Subscribes(region);
        var entry = await server.Database.Scalar<long>("select version from crisis.timeline where stream = $1 and event_type = 'CrisisUpdatePosted'", crisis.Key);

        await crisis.Commander.Gives(crisis.Key, "redact-entry", new { entry, reason = "personal data" });

        var mail = await reader.Next();
        mail.Subject.ShouldContain("withdrawn");
        mail.Text.ShouldNotContain("victim");
        (await late.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_declaration_in_error_is_told_to_who_heard_of_it()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        await reader.Subscribes(region);
        var crisis = await server.StandUp(region);
        await reader.Next();

        await crisis.Commander.Gives(crisis.Key, "annul-declaration", new { reason = "an exercise of the fire brigade" });

        (await reader.Next()).Text.ShouldContain("This was declared in error");
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_corrected_is_not_sent_again()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        await reader.Subscribes(region);
        var crisis = await Told(region, "11 injured (unconfirmed).", reader);
        await crisis.Commander.Gives(crisis.Key, "correct-update", new { updateId = "U-1", reason = "not confirmed", condition = "People are injured." });
        await reader.Next();
        await server.Delivery($"incident={crisis.Key}&recipient={reader.Contact}&kind=Correction", "Delivered");

        var again = await crisis.Lead.Send(HttpMethod.Post, "/v1/deliveries/redeliver", new { recipient = reader.Contact, incident = crisis.Key, alsoDelivered = true });

        again.ShouldBe(200).Json.GetProperty("again").GetArrayLength().ShouldBe(2); // that it began, and the correction
        string[] texts = [(await reader.Next()).Text, (await reader.Next()).Text];
        texts.ShouldAllBe(t => !t.Contains("11 injured", StringComparison.Ordinal));
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_inbox_shows_the_corrected_text_and_no_longer_the_wrong_one()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        await reader.Subscribes(region, channels: ["Inbox"]);
        var crisis = await server.StandUp(region);
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "11 injured (unconfirmed)." });
        await Inbox(reader, "11 injured (unconfirmed).");

        await crisis.Commander.Gives(crisis.Key, "correct-update", new { updateId = "U-1", reason = "not confirmed", condition = "12 people are injured." });
        var corrected = await Inbox(reader, "12 people are injured.");
        corrected.ShouldNotContain("11 injured");
        corrected.ShouldContain("Corrected or withdrawn since.");

        await crisis.Commander.Gives(crisis.Key, "correct-update", new { updateId = "U-1r1", reason = "they were counted", condition = "Nobody is injured." });
        var again = await Inbox(reader, "Nobody is injured.");
        again.ShouldNotContain("11 injured");
        again.ShouldNotContain("12 people");
    }

    [Fact]
    public async Task The_inbox_shows_a_redacted_text_no_longer_and_that_it_is_withdrawn()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        await reader.Subscribes(region, channels: ["Inbox"]);
        var crisis = await server.StandUp(region);
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "The name of a victim." });
        await Inbox(reader, "The name of a victim.");
        var entry = await server.Database.Scalar<long>("select version from crisis.timeline where stream = $1 and event_type = 'CrisisUpdatePosted'", crisis.Key);

        await crisis.Commander.Gives(crisis.Key, "redact-entry", new { entry, reason = "personal data" });

        (await Inbox(reader, ": withdrawn")).ShouldNotContain("victim");
    }

    /// <summary>The inbox as it is once this stands in it.</summary>
    private static async Task<string> Inbox(Reader reader, string text)
    {
        var inbox = "";
        await Eventually.Is(async () => (inbox = (await reader.Self.Get("/v1/me/inbox")).ShouldBe(200).Text).Contains(text, StringComparison.Ordinal), $"the inbox says {text}");
        return inbox;
    }

    private async Task<CrisisStories.Crisis> Told(string region, string condition, params Reader[] readers)
    {
        var crisis = await server.StandUp(region);
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition });
        foreach (var reader in readers)
        {
            (await reader.Next()).Subject.ShouldContain("declared");
            (await reader.Next()).Text.ShouldContain(condition);
        }

        return crisis;
    }
}
