using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Deadlines;

public sealed class ClocksRunOutTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);

    private static readonly object _inquiry = new { source = "Press", proposedSeverity = "SEV3", requester = new { contactRef = "CNT-7" } };

    [Fact]
    public async Task A_first_response_not_given_is_one_breach_at_its_due_time_and_met_late_by_the_answer()
    {
        var api = await server.As("spec-04");
        var raised = await api.Now();
        var key = await api.Raised(_inquiry);
        (await api.Post(key, "triage", new { severity = "SEV3", policyArea = "MediaInquiry", region = new[] { "XN" }, duplicateSearchDone = true })).ShouldBeDone();

        await api.MoveTo(raised.AddHours(3.5));
        var near = (await api.Deadlines($"stream={key}&kind=SlaClock")).Single(d => d.GetProperty("ref").GetString() == "FIRST_RESPONSE");
        near.GetProperty("state").GetString().ShouldBe("Warned");
        (await server.Database.Recorded(key, "sla_breached")).ShouldBeEmpty();

        await api.MoveTo(raised.AddHours(4.1));
        await api.Pass(TimeSpan.FromHours(1));

        var breach = (await server.Database.Recorded(key, "sla_breached")).ShouldHaveSingleItem();
        (breach - raised.AddHours(4).UtcDateTime).ShouldBeInRange(TimeSpan.Zero, _soon);
        (await server.Database.Scalar<string>("select data->>'clockId' || ' ' || (data->>'targetDuration') from crisis.mt_events where stream_id = $1 and type = 'sla_breached'", key))
            .ShouldBe("FIRST_RESPONSE PT4H");
        var overdue = (await api.Deadlines($"stream={key}&overdue=true")).ShouldHaveSingleItem();
        overdue.GetProperty("state").GetString().ShouldBe("Missed");
        overdue.GetProperty("overdueSince").GetDateTimeOffset().ShouldBe(overdue.GetProperty("dueAt").GetDateTimeOffset());

        var press = await server.As("pio-01", roles: ["communications"], functions: ["Comms"]);
        (await press.Post(key, "answer-inquiry", new { outcome = "InformationProvided", text = "The approved line." })).ShouldBeDone();

        (await api.Deadlines($"stream={key}&overdue=true")).ShouldBeEmpty();
        (await server.Database.DeadlineState(key, "SlaClock")).ShouldContain("Late");
        Clock((await api.Get($"/v1/escalations/{key}")).ShouldBeDone(), "FIRST_RESPONSE").ShouldBe("MetLate");
    }

    [Fact]
    public async Task An_item_nobody_touches_breaches_and_a_resolved_one_closes_by_itself()
    {
        var api = await server.As("spec-04");
        var untouched = await api.Raised();
        var inquiry = await api.Raised();
        (await api.Post(inquiry, "triage", new { severity = "SEV3", policyArea = "PolicyQuestion", region = new[] { "XN" }, duplicateSearchDone = true })).ShouldBeDone();
        (await api.Post(inquiry, "answer-inquiry", new { outcome = "InformationProvided", text = "It is allowed." })).ShouldBeDone();

        await api.Pass(TimeSpan.FromHours(71));
        (await server.Database.Recorded(untouched, "sla_breached")).Count.ShouldBe(2);
        (await server.Database.Recorded(inquiry, "escalation_closed")).ShouldBeEmpty();

        await api.Pass(TimeSpan.FromHours(2));
        (await server.Database.Recorded(inquiry, "escalation_closed")).ShouldHaveSingleItem();
        (await server.Database.Recorded(inquiry, "sla_breached")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_legal_clock_warns_three_times_and_is_missed_once()
    {
        var api = await server.As("spec-04");
        var start = await api.Now();
        var key = await api.Raised(new { source = "GovernmentOrder", legalBasis = "EU-TCO-Art3", evidenceRefs = new[] { "EVD-4" }, proposedSeverity = "SEV3" });
        List<(string?, bool)> seen = [];
        foreach (var minutes in new[] { 1, 31, 46, 55 })
        {
            await api.MoveTo(start.AddMinutes(minutes));
            var row = (await api.Deadlines($"stream={key}&kind=LegalClock")).ShouldHaveSingleItem();
            seen.Add((row.GetProperty("state").GetString(), row.TryGetProperty("warnsAt", out _)));
        }

        seen.ShouldBe([("Open", true), ("Warned", true), ("Warned", true), ("Warned", false)]);

        await api.MoveTo(start.AddMinutes(70));

        (await server.Database.Recorded(key, "legal_deadline_missed")).ShouldHaveSingleItem();
        (await api.Deadlines($"stream={key}&kind=LegalClock&overdue=true")).ShouldHaveSingleItem().TryGetProperty("warnsAt", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task That_a_referral_is_owed_is_for_the_core_team()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised(new { threatToLife = true });
        (await api.Post(key, "request-input", new { function = "Legal", question = "May we?", dueAt = (await api.Now()).AddHours(3) })).ShouldBeDone();
        var counsel = await server.As("legal-01", roles: ["legal-counsel"], functions: ["Legal"]);

        (await api.Deadlines($"stream={key}&kind=SlaClock")).Select(d => d.GetProperty("ref").GetString()).ShouldBe(["ACK", "LE_REFERRAL", "TRIAGE"], ignoreOrder: true);
        (await counsel.Deadlines($"stream={key}&kind=SlaClock")).Select(d => d.GetProperty("ref").GetString()).ShouldBe(["ACK", "TRIAGE"], ignoreOrder: true);

        await api.Pass(TimeSpan.FromMinutes(20));

        (await api.Get($"/v1/timelines/{key}")).ShouldBeDone().Text.ShouldContain("LE_REFERRAL");
        (await counsel.Get($"/v1/timelines/{key}")).ShouldBeDone().Text.ShouldNotContain("LE_REFERRAL");
        (await counsel.Get("/v1/sla-board?groupBy=source")).ShouldBeDone().Text.ShouldNotContain("ThreatToLifeReferral");
    }

    [Fact]
    public async Task A_note_writes_no_row_of_a_clock()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised();
        var before = await Rows(key);

        (await api.Note(key, "Third re-upload found and removed.")).ShouldBeDone();

        (await Rows(key)).ShouldBe(before);
    }

    /// <summary>Which transactions wrote the rows.</summary>
    private Task<List<string>> Rows(string key) => server.Database.Column<string>(
        "select xmin::text || clock_id from crisis.clocks where stream = $1 union all select xmin::text || ref from crisis.deadlines where stream = $1 order by 1", key);

    private static string? Clock(Answer state, string id) =>
        state.Json.GetProperty("clocks").EnumerateArray().Single(c => c.GetProperty("clockId").GetString() == id).GetProperty("result").GetString();
}
