using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Telling;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>The story with people who read mail: the press, a citizen's desk of the press, and counsel on duty.</summary>
public sealed class MailStory(TestPostgres postgres) : MailServer(postgres)
{
    public const string PressDesk = "desk@daily.example";
    public const string PressInquiry = "inquiry@daily.example";

    /// <summary>Counsel on duty for legal in Norland.</summary>
    public Reader Counsel { get; private set; } = null!;

    public string Press { get; private set; } = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var (manager, spec) = (await Manager(), await this.Staff("spec-04", "specialist"));
        Counsel = await Reader.Of(this, role: "legal-counsel", functions: ["Legal"], id: "legal-counsel-01");
        (await (await As("admin-01", roles: ["admin"])).Put("/v1/duty/Legal/XN", new { person = Counsel.Id, channels = new[] { "Email" } })).ShouldBe(200);

        (Press, _) = await Partner("GREEN", "The Norland Daily");
        await manager.Gives(Press, "register-endpoint", new { channel = "Email", address = PressDesk });
        (await Follow((await Letter(PressDesk, 1)).Link())).ShouldBe(200);
        (await manager.Send(HttpMethod.Post, "/v1/subscriptions", new { subscriber = Press, scope = new { streams = new[] { "CR" }, regions = new[] { "XN" } }, audience = "Public", channels = new[] { "Email" } })).ShouldBe(201);
        (await Follow((await Letter(PressDesk, 2)).Link("subscribe"))).ShouldBe(200);

        var requester = (await spec.Send(HttpMethod.Post, "/v1/contacts", new { kind = "Requester", @ref = "vault:norland-daily-desk", language = "en" })).ShouldBe(201).Key;
        await spec.Gives(requester, "register-address", new { channel = "Email", address = PressInquiry });
        (await Follow((await Letter(PressInquiry, 1)).Link())).ShouldBe(200);

        await Scenarios.Story.Play(Node.Url, await Scenarios.Story.Norland());
        await Eventually.Is(async () => await Database.Scalar<long>("select count(*) from crisis.deliveries where state = 'Queued' and channel <> 'Phone'") == 0, "everything has gone out");
    }
}

/// <summary>Assertions 6 and 16 of domain §7, as far as they speak of what people were told.</summary>
public sealed class NorlandToldTests(MailStory story) : IClassFixture<MailStory>
{
    [Fact]
    public async Task The_Norland_Daily_is_told_the_approved_statement_and_the_approved_line_and_nothing_else()
    {
        var desk = await story.Letter(MailStory.PressDesk, 3);
        desk.Text.ShouldContain("We are aware of the situation and are working with the authorities. We remove content that breaks our rules.");
        var inquiry = await story.Letter(MailStory.PressInquiry, 2);
        inquiry.Subject.ShouldBe("Your inquiry (ESC-2027-000102)");
        foreach (var letter in (Letter[])[desk, inquiry])
        {
            foreach (var word in (string[])["injured", "Perpetrator", "hash", "spec-", "ic-01", "HARBOUR", "Civic Watch", "AMBER", "SEV", "CR-2027"])
            {
                (letter.Subject + letter.Text).ShouldNotContain(word);
            }
        }

        story.Letters(MailStory.PressDesk).Count.ShouldBe(3); // two of them to set it up
        story.Letters(MailStory.PressInquiry).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Counsel_on_duty_hears_in_order_what_began_what_was_wrong_and_once_that_it_is_over()
    {
        var letters = story.Letters(story.Counsel.Address).Skip(1).ToArray();

        letters[0].Subject.ShouldContain("HARBOUR declared, Level1");
        letters[1].Text.ShouldContain("11 injured");
        letters[2].Subject.ShouldContain("correction: U-1r1");
        letters[2].Text.ShouldNotContain("11 injured");
        letters.Count(l => l.Subject.Contains("Situation report #", StringComparison.Ordinal)).ShouldBe(26);
        letters.Skip(3).ShouldAllBe(l => !l.Text.Contains("11 injured", StringComparison.Ordinal));
        letters.Count(l => l.Subject.EndsWith(": over", StringComparison.Ordinal)).ShouldBe(1);
        letters[^1].Subject.ShouldEndWith(": over");

        var knew = (await (await story.As("duty-lead-01", roles: ["duty-lead"], clearance: "RED")).Get($"/v1/knowledge/{story.Counsel.Id}?incident={CR7}&asOf=2027-05-15T14:20:00Z")).ShouldBe(200).Json.GetProperty("items");
        knew.EnumerateArray().Select(k => k.GetProperty("kind").GetString()).ShouldBe(["Initial", "Update"]);
        knew[1].GetProperty("told").GetString().ShouldNotBeNull().ShouldContain("11 injured");
    }

    [Fact]
    public async Task That_counsel_had_got_the_wrong_figure_is_a_fact_of_the_review()
    {
        var facts = (await (await story.As("duty-lead-01", roles: ["duty-lead"], clearance: "RED")).Get("/v1/reviews/PIR-2027-0007/facts")).ShouldBe(200).Json.GetProperty("facts");

        var received = facts.GetProperty("corrections").EnumerateArray().ShouldHaveSingleItem().GetProperty("received").EnumerateArray().ShouldHaveSingleItem();
        received.Instant("at").ShouldBeInRange(At("05-15 14:18:00"), At("05-15 14:21:00"));
        (await (await story.As("duty-lead-01", roles: ["duty-lead"], clearance: "RED")).Get($"/v1/deliveries/{received.Text("delivery")}")).ShouldBe(200).Json.Text("recipient").ShouldBe(received.Text("recipient"));
        facts.GetProperty("deliveries").GetProperty("delivered").GetInt32().ShouldBeGreaterThan(26);
    }

    [Fact]
    public async Task The_crisis_has_the_events_that_it_has_when_nobody_reads_mail() =>
        (await story.Database.Scalar<long>("select count(*) from crisis.mt_events where stream_id = $1", CR7)).ShouldBe(47);
}
