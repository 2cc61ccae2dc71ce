using System.Text.Json;
using System.Xml;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Scenarios;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;

namespace CrisisOps.Server.Tests.Reviews;

/// <summary>
/// Every fact of the review of Norland, against the instants of domain §7 from which it is worked out by hand (assertions 5, 13, 14, 19). What
/// the server does by rule stands at the instant of the row that it follows.
/// </summary>
[Collection(NorlandCollection.Name)]
public sealed class NorlandFactsTests(NorlandStory story)
{
    private const string Review = "PIR-2027-0007";
    private const string Frozen = "05-17 14:00:00";

    [Fact]
    public async Task It_is_frozen_at_the_stand_down_and_holds_what_was_recorded_by_then()
    {
        var answer = await Answer();

        answer.Instant("frozenAsOf").ShouldBeSoonAfter(At(Frozen));
        answer.GetProperty("facts").Instant("asOf").ShouldBe(answer.Instant("frozenAsOf"));
        // 47 of the crisis, without the opened review and the closing; the cases were closed three days after their answers.
        answer.GetProperty("facts").GetProperty("streams").EnumerateArray().Select(s => (s.Text("stream"), s.GetProperty("version").GetInt64())).ShouldBe(
            [(CR7, 45), (E101, 11), (E102, 5), (E103, 3), (E104, 9), (E105, 11), (EL1, 10)]);
    }

    [Fact]
    public async Task Time_in_each_state_level_and_severity() => (await Facts()).ShouldHold("timeIn", f => $"{f.Text("stream")} {f.Text("value")}", "lasted",
    [
        new($"{CR7} Proposed", "05-15 14:03:00", "05-15 14:07:00"), new($"{CR7} Active", "05-15 14:07:00", "05-15 22:30:00"),
        new($"{CR7} Stabilizing", "05-15 22:30:00", "05-17 14:00:00"), new($"{CR7} StoodDown", Frozen, Frozen), new($"{CR7} Level1", "05-15 14:07:00", Frozen),

        new($"{E101} Received", "05-15 13:55:10", "05-15 13:57:20"), new($"{E101} Triaged", "05-15 13:57:20", "05-15 13:58:00"),
        new($"{E101} Assigned", "05-15 13:58:00", "05-15 14:00:30"), new($"{E101} Investigating", "05-15 14:00:30", "05-15 14:09:00"),
        new($"{E101} DecisionProposed", "05-15 14:09:00", "05-15 14:11:00"), new($"{E101} Decided", "05-15 14:11:00", "05-15 15:10:00"),
        new($"{E101} Resolved", "05-15 15:10:00", Frozen), new($"{E101} SEV1", "05-15 13:55:10", "05-15 15:10:00"),

        new($"{E102} Received", "05-15 14:02:00", "05-15 14:06:00"), new($"{E102} Triaged", "05-15 14:06:00", "05-15 18:40:00"),
        new($"{E102} Resolved", "05-15 18:40:00", Frozen), new($"{E102} SEV3", "05-15 14:02:00", "05-15 18:40:00"),

        new($"{E103} Received", "05-15 14:03:00", "05-15 14:25:00"), new($"{E103} Merged", "05-15 14:25:00", Frozen), new($"{E103} SEV3", "05-15 14:03:00", "05-15 14:25:00"),

        new($"{E104} Received", "05-15 14:20:00", "05-15 14:23:00"), new($"{E104} Triaged", "05-15 14:23:00", "05-15 14:24:00"),
        new($"{E104} Assigned", "05-15 14:24:00", "05-15 14:26:00"), new($"{E104} Investigating", "05-15 14:26:00", "05-15 14:40:00"),
        new($"{E104} DecisionProposed", "05-15 14:40:00", "05-15 14:47:00"), new($"{E104} Decided", "05-15 14:47:00", "05-15 15:01:00"),
        new($"{E104} Resolved", "05-15 15:01:00", Frozen), new($"{E104} SEV1", "05-15 14:20:00", "05-15 15:01:00"),

        new($"{E105} Received", "05-15 16:05:00", "05-15 16:09:00"), new($"{E105} Triaged", "05-15 16:09:00", "05-15 16:12:00"),
        new($"{E105} Assigned", "05-15 16:12:00", "05-15 16:25:00"), new($"{E105} Investigating", "05-15 16:25:00", "05-15 18:30:00"),
        new($"{E105} DecisionProposed", "05-15 18:30:00", "05-15 18:41:00"), new($"{E105} Decided", "05-15 18:41:00", "05-15 19:05:00"),
        new($"{E105} Resolved", "05-15 19:05:00", Frozen), new($"{E105} SEV2", "05-15 16:05:00", "05-15 19:05:00"),

        new($"{EL1} Registered", "02-15 09:00:00", "03-01 14:00:00"), new($"{EL1} Assessed", "03-01 14:00:00", "04-15 22:00:00"),
        new($"{EL1} PreElection", "04-15 22:00:00", "05-14 22:00:00"), new($"{EL1} SilencePeriod", "05-14 22:00:00", "05-16 04:00:00"),
        new($"{EL1} Voting", "05-16 04:00:00", "05-16 18:00:00"), new($"{EL1} Counting", "05-16 18:00:00", Frozen),
    ]);

    [Fact]
    public async Task Time_to_each_milestone() => (await Facts()).ShouldHold("timeTo", f => $"{f.Text("stream")} {f.Text("milestone")}", "took",
    [
        // The first signal is E101; the domain lists the proposal a second after the third case, and its declaration 3 min 59 s later.
        new($"{CR7} Proposed", "05-15 13:55:10", "05-15 14:03:01"), new($"{CR7} Declared", "05-15 14:03:01", "05-15 14:07:00"),
        new($"{CR7} PartnersAlerted", "05-15 14:07:00", "05-15 14:14:00"), new($"{CR7} Removed", "05-15 13:55:10", "05-15 14:12:00"), new($"{CR7} StoodDown", "05-15 14:07:00", Frozen),

        // The domain lists the receipt after 50 seconds; the rule needs no such time.
        new($"{E101} Acknowledged", "05-15 13:55:10", "05-15 13:55:10"), new($"{E101} Triaged", "05-15 13:55:10", "05-15 13:57:20"),
        new($"{E101} FirstResponse", "05-15 13:55:10", "05-15 14:16:00"), new($"{E101} Decided", "05-15 13:55:10", "05-15 14:11:00"),
        new($"{E101} Enforced", "05-15 13:55:10", "05-15 14:12:00"), new($"{E101} Resolved", "05-15 13:55:10", "05-15 15:10:00"),

        new($"{E102} Acknowledged", "05-15 14:02:00", "05-15 14:06:00"), new($"{E102} Triaged", "05-15 14:02:00", "05-15 14:06:00"),
        new($"{E102} FirstResponse", "05-15 14:02:00", "05-15 18:40:00"), new($"{E102} Resolved", "05-15 14:02:00", "05-15 18:40:00"),

        new($"{E104} Acknowledged", "05-15 14:20:00", "05-15 14:23:00"), new($"{E104} Triaged", "05-15 14:20:00", "05-15 14:23:00"),
        new($"{E104} FirstResponse", "05-15 14:20:00", "05-15 14:58:00"), new($"{E104} Decided", "05-15 14:20:00", "05-15 14:47:00"),
        new($"{E104} Enforced", "05-15 14:20:00", "05-15 14:52:00"), new($"{E104} Resolved", "05-15 14:20:00", "05-15 15:01:00"),

        new($"{E105} Acknowledged", "05-15 16:05:00", "05-15 16:09:00"), new($"{E105} Triaged", "05-15 16:05:00", "05-15 16:09:00"),
        new($"{E105} FirstResponse", "05-15 16:05:00", "05-15 16:20:00"), new($"{E105} Decided", "05-15 16:05:00", "05-15 18:41:00"),
        new($"{E105} Enforced", "05-15 16:05:00", "05-15 18:55:00"), new($"{E105} Resolved", "05-15 16:05:00", "05-15 19:05:00"),
    ]);

    /// <summary>Met to due; a clock that was met late has less than nothing left, and one that was ended unmet has nothing to tell.</summary>
    [Fact]
    public async Task What_was_left_on_each_clock() => (await Facts("ic-01")).ShouldHold("clocks", f => $"{f.Text("stream")} {f.Text("clockId")} {f.Text("result")}", "margin",
    [
        // SEV1 from 13:55:10: acknowledged within 5 min, triaged within 15 min, answered within 30 min, resolved within 4 h; the referral 15 min after triage.
        new($"{E101} ACK Met", "05-15 13:55:10", "05-15 14:00:10"), new($"{E101} TRIAGE Met", "05-15 13:57:20", "05-15 14:10:10"),
        new($"{E101} LE_REFERRAL Met", "05-15 14:10:30", "05-15 14:12:20"), new($"{E101} FIRST_RESPONSE Met", "05-15 14:16:00", "05-15 14:25:10"),
        new($"{E101} UPDATE Stopped"), new($"{E101} RESOLVE Met", "05-15 15:10:00", "05-15 17:55:10"),

        // SEV3 from 14:02: 1 h, 4 h, 4 h, 72 h.
        new($"{E102} ACK Met", "05-15 14:06:00", "05-15 15:02:00"), new($"{E102} TRIAGE Met", "05-15 14:06:00", "05-15 18:02:00"),
        new($"{E102} FIRST_RESPONSE MetLate", "05-15 18:40:00", "05-15 18:02:00"), new($"{E102} UPDATE Stopped"), new($"{E102} RESOLVE Met", "05-15 18:40:00", "05-18 14:02:00"),

        new($"{E103} ACK Stopped"), new($"{E103} TRIAGE Stopped"),

        // SEV1 from 14:20; the hour of the order replaces the first response, and a case of the law has no pace of its own.
        new($"{E104} ACK Met", "05-15 14:23:00", "05-15 14:25:00"), new($"{E104} TRIAGE Met", "05-15 14:23:00", "05-15 14:35:00"),
        new($"{E104} TCO_REMOVAL_1H Met", "05-15 14:52:00", "05-15 15:20:00"), new($"{E104} RESOLVE Met", "05-15 15:01:00", "05-15 18:20:00"),

        // SEV2 from 16:05: 15 min, 1 h, 2 h, 24 h.
        new($"{E105} ACK Met", "05-15 16:09:00", "05-15 16:20:00"), new($"{E105} TRIAGE Met", "05-15 16:09:00", "05-15 17:05:00"),
        new($"{E105} FIRST_RESPONSE Met", "05-15 16:20:00", "05-15 18:05:00"), new($"{E105} UPDATE Stopped"), new($"{E105} RESOLVE Met", "05-15 19:05:00", "05-16 16:05:00"),
    ]);

    [Fact]
    public async Task One_breach_answered_38_minutes_late_and_nothing_else_late()
    {
        var facts = await Facts();

        facts.ShouldHold("breaches", f => $"{f.Text("stream")} {f.Text("kind")}", "lateBy", [new($"{E102} FirstResponse", "05-15 18:02:00", "05-15 18:40:00")]);
        facts.GetProperty("breaches")[0].Instant("dueAt").ShouldBeSoonAfter(At("05-15 18:02:00"));
        facts.GetProperty("late").GetArrayLength().ShouldBe(0);
        var reports = facts.GetProperty("situationReports");
        ((int[])[reports.GetProperty("published").GetInt32(), reports.GetProperty("inTime").GetInt32(), reports.GetProperty("missedSlots").GetInt32()]).ShouldBe([26, 26, 0]);
        // The first one went out at 14:36:20 and was due at 14:37.
        XmlConvert.ToTimeSpan(reports.Text("leastMargin")).ShouldBe(At("05-15 14:37:00") - At("05-15 14:36:20"), Instants.Soon);
    }

    [Fact]
    public async Task Two_of_three_partners_acknowledged_and_VideoHub_was_overdue_at_14_34()
    {
        var alert = (await Facts()).GetProperty("alerts").EnumerateArray().ShouldHaveSingleItem();

        ((int[])[alert.GetProperty("asked").GetInt32(), alert.GetProperty("acknowledged").GetInt32(), alert.GetProperty("overdue").GetInt32()]).ShouldBe([3, 2, 1]);
        alert.Instant("ackDueAt").ShouldBeSoonAfter(At("05-15 14:34:00"));
        var partners = alert.GetProperty("partners").EnumerateArray().ToDictionary(p => p.Text("partner"));
        XmlConvert.ToTimeSpan(partners["OpenHash Exchange"].Text("after")).ShouldBe(At("05-15 14:16:00") - At("05-15 14:14:00"), Instants.Soon);
        XmlConvert.ToTimeSpan(partners["Norland Civic Watch"].Text("after")).ShouldBe(At("05-15 14:19:00") - At("05-15 14:14:00"), Instants.Soon);
        partners["VideoHub Alliance"].TryGetProperty("acknowledgedAt", out _).ShouldBeFalse();
        partners["VideoHub Alliance"].Instant("overdueAt").ShouldBeSoonAfter(At("05-15 14:34:00"));
        partners.Values.Count(p => p.TryGetProperty("overdueAt", out _)).ShouldBe(1);
    }

    [Fact]
    public async Task One_correction_of_what_stood_for_three_minutes() =>
        (await Facts()).ShouldHold("corrections", f => f.GetProperty("wrong").Text("entry"), "stood", [new(Entry(32), "05-15 14:18:00", "05-15 14:21:00")]);

    [Fact]
    public async Task The_lever_ran_for_a_day_and_the_measure_of_the_election_runs_still() =>
        (await Facts()).ShouldHold("levers", f => $"{f.Text("stream")} {f.Text("leverId")} {f.Text("kind")} {f.Text("end")}", "lasted",
        [
            new($"{CR7} LEV-1 LiveStreamRestriction Expired", "05-15 14:12:30", "05-16 14:12:30"), new($"{EL1} MEA-1 PoliticalAdsPause StillOn", "05-14 22:00:00", Frozen),
        ]);

    [Fact]
    public async Task Each_decision_was_seen_by_two_people_and_none_acted_alone_or_changed_how_bad_it_is()
    {
        var facts = await Facts();

        facts.ShouldHold("fourEyes", f => $"{f.Text("stream")} {f.GetProperty("twoPeople").GetBoolean()}", "took",
        [
            new($"{E101} True", "05-15 14:09:00", "05-15 14:11:00"), new($"{E104} True", "05-15 14:40:00", "05-15 14:47:00"), new($"{E105} True", "05-15 18:30:00", "05-15 18:41:00"),
        ]);
        facts.GetProperty("interimActions").GetArrayLength().ShouldBe(0);
        facts.GetProperty("changes").GetArrayLength().ShouldBe(0);
        facts.GetProperty("handovers").EnumerateArray().Select(h => $"{h.Text("stream")} {h.Text("kind")} {h.Text("from")} {h.Text("to")} {h.GetProperty("at").Text("entry")}").ShouldBe(
            [$"{E105} Case spec-04 spec-09 {Entry(56)}", $"{CR7} Command ic-01 ic-05 {EntryOfTransfer}"]);
        // Nobody had an address, so nothing went out, and nothing was late.
        var deliveries = facts.GetProperty("deliveries");
        deliveries.GetProperty("messages").GetInt32().ShouldBe(deliveries.GetProperty("notSent").GetInt32());
        deliveries.GetProperty("late").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Every_source_is_an_entry_of_that_instant_that_its_reader_reads()
    {
        foreach (var (who, facts) in (IEnumerable<(Api, JsonElement)>)[(await story.Person("ic-01"), await Facts("ic-01")), (await Executive(), await Facts(await Executive()))])
        {
            var read = new Dictionary<string, JsonElement>();
            foreach (var stream in Seven)
            {
                foreach (var entry in await NorlandStory.Timeline(who, stream))
                {
                    read[entry.Text("entryId")] = entry;
                }
            }

            var sources = facts.EnumerateObject().SelectMany(list => Sources(list.Value)).Where(s => s.Text("entry").Contains('@')).ToArray();
            sources.Length.ShouldBeGreaterThan(80);
            foreach (var source in sources)
            {
                var entry = read[source.Text("entry")];
                ((DateTimeOffset[])[entry.Instant("recordedAt"), entry.Instant("occurredAt")]).ShouldContain(source.Instant("at"), source.GetRawText());
            }
        }
    }

    [Fact]
    public async Task The_meeting_was_due_three_days_after_and_what_was_approved_is_what_anybody_computes_anew()
    {
        var lead = await story.Person("duty-lead-01");
        var review = await lead.Read(Review);
        var approved = story.Events.Single(e => e.Type == "review_approved").Data.Text("factsHash");

        review.Instant("dueAt").ShouldBeSoonAfter(At("05-20 14:00:00"));
        review.Text("factsHash").ShouldBe(approved);
        (await Answer()).Text("hash").ShouldBe(approved);
        story.Tried("close before the review").ShouldBeProblem(422, "guard-failed", guard: "review-reviewed");
        story.Tried("close before the last owner").ShouldBeProblem(422, "guard-failed", guard: "recommendations-owned");
        // No number stands in an event of the review.
        story.Events.Where(e => e.Stream == Review).ShouldAllBe(e => !e.Data.GetRawText().Contains("PT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task As_of_an_earlier_instant_there_is_less()
    {
        var facts = (await (await story.Person("duty-lead-01")).Get($"/v1/reviews/{Review}/facts?asOf=2027-05-15T14:10:00Z")).ShouldBe(200).Json;

        facts.TryGetProperty("hash", out _).ShouldBeFalse();
        var then = facts.GetProperty("facts");
        then.GetProperty("timeTo").EnumerateArray().Where(t => t.Text("stream") == CR7).Select(t => t.Text("milestone")).ShouldBe(["Proposed", "Declared"]);
        then.GetProperty("streams").EnumerateArray().Single(s => s.Text("stream") == CR7).GetProperty("version").GetInt64().ShouldBe(6);
        then.GetProperty("corrections").GetArrayLength().ShouldBe(0);
    }

    private const string EntryOfTransfer = $"{CR7}@22";

    private async Task<JsonElement> Answer(string who = "duty-lead-01") => (await (await story.Person(who)).Get($"/v1/reviews/{Review}/facts")).ShouldBe(200).Json;

    private async Task<JsonElement> Facts(string who = "duty-lead-01") => (await Answer(who)).GetProperty("facts");

    private static async Task<JsonElement> Facts(Api reader) => (await reader.Get($"/v1/reviews/{Review}/facts")).ShouldBe(200).Json.GetProperty("facts");

    private Task<Api> Executive() => story.As("exec-01", roles: ["executive"], regions: ["XN"], clearance: "AMBER+STRICT");

    private static IEnumerable<JsonElement> Sources(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Sources),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(m => m.Name == "sources" ? m.Value.EnumerateArray() : []),
        _ => [],
    };
}

/// <summary>A fact as it is worked out by hand: from one instant of the story to another; without them there is no number.</summary>
internal sealed record ByHand(string What, string? From = null, string? To = null);

internal static class HandCalculation
{
    /// <summary>The list holds these facts, in this order, each lasting as long as the hand says.</summary>
    public static void ShouldHold(this JsonElement facts, string list, Func<JsonElement, string> what, string lasting, IReadOnlyList<ByHand> byHand)
    {
        var computed = facts.GetProperty(list).EnumerateArray().ToArray();
        computed.Select(what).ShouldBe(byHand.Select(b => b.What));
        foreach (var (fact, hand) in computed.Zip(byHand))
        {
            if (hand.From is null)
            {
                fact.TryGetProperty(lasting, out _).ShouldBeFalse(hand.What);
                continue;
            }

            XmlConvert.ToTimeSpan(fact.Text(lasting)).ShouldBe(At(hand.To!) - At(hand.From), Instants.Soon, hand.What);
        }
    }
}
