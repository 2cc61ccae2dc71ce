using System.Text.Json;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Tests.Deadlines;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;
using static CrisisOps.Server.Tests.Scenarios.Playing;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>Assertions 1, 3, 4, 5, 13, 14 and 19 of domain §7, and that the streams can be folded again.</summary>
[Collection(NorlandCollection.Name)]
public sealed class NorlandTests(NorlandStore store)
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Replay_all_legal_the_seven_streams_hold_the_listed_events_and_what_rules_and_timers_add()
    {
        var counts = new Dictionary<string, int> { [EL1] = 13, [CR7] = 47, [E101] = 12, [E102] = 6, [E103] = 3, [E104] = 10, [E105] = 12 };
        foreach (var (stream, count) in counts)
        {
            (await store.Database.Events(stream)).ShouldBe(count, stream);
        }

        counts.Values.Sum().ShouldBe(103);
        foreach (var rows in All.GroupBy(r => r.Stream))
        {
            var types = await store.Database.Column<string>("select type from crisis.mt_events where stream_id = $1 order by version", rows.Key);
            var times = await store.Database.Column<DateTime>("select timestamp from crisis.mt_events where stream_id = $1 order by version", rows.Key);
            var at = 0;
            foreach (var row in rows)
            {
                // Situation reports #2 to #25 and closures stand between the listed ones.
                while (types[at] != row.Type || Early(times[at], row) > TimeSpan.FromMinutes(2))
                {
                    types[at++].ShouldBeOneOf("sit_rep_published", "escalation_closed");
                }

                Early(times[at], row).ShouldBeInRange(-_soon, row.Made ? TimeSpan.FromSeconds(61) : TimeSpan.Zero, $"row {row.Number}, {row.Type}");
                at++;
            }

            types[at..].ShouldAllBe(type => type == "escalation_closed");
        }
    }

    [Fact]
    public async Task What_rules_and_timers_make_nobody_sends()
    {
        foreach (var row in All.Where(r => r.Made))
        {
            var actors = await store.Database.Column<string>(
                "select user_name from crisis.mt_events where stream_id = $1 and type = $2 and timestamp between $3 and $4", row.Stream, row.Type, row.Instant.AddSeconds(-61), row.Instant + _soon);
            actors.ShouldHaveSingleItem($"row {row.Number}").ShouldBe("system", $"row {row.Number}");
        }

        string[] made = [.. All.Where(r => r.Made && r.Type != "posture_changed").Select(r => r.Type.Replace("_", "", StringComparison.Ordinal))];
        var sent = (await Story.Norland()).Steps.SelectMany(s => s.Expect?.Events ?? []);
        sent.Where(type => made.Contains(type.ToLowerInvariant())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Bitemporal_the_timeline_knows_when_it_happened_and_when_we_learned_of_it()
    {
        var lead = await store.Lead();
        var raised = (await lead.Get($"/v1/timelines/{E101}")).ShouldBe(200).Json.GetProperty("items")[0];

        raised.Instant("occurredAt").ShouldBe(At("2027-05-15T13:52:00Z"));
        raised.Instant("recordedAt").ShouldBeInRange(At("2027-05-15T13:55:10Z"), At("2027-05-15T13:55:10Z") + _soon);
        (await lead.Get($"/v1/timelines/{E101}?asOf=2027-05-15T13:53:00Z")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Cluster_rule_no_proposal_before_the_third_report_and_exactly_one_after()
    {
        var proposals = await store.Database.Column<DateTime>("select timestamp from crisis.mt_events where type = 'crisis_proposed'");
        var third = await store.Database.Scalar<DateTime>("select timestamp from crisis.mt_events where stream_id = $1 and version = 1", E103);

        proposals.ShouldHaveSingleItem().ShouldBeGreaterThanOrEqualTo(third);
        (await store.Database.Scalar<string>("select data ->> 'trigger' || ' ' || (data ->> 'refs') from crisis.mt_events where type = 'crisis_proposed'"))
            .ShouldBe($"ClusterRule [\"{E101}\", \"{E102}\", \"{E103}\"]");
        (await store.Database.Scalar<long>("select count(*) from crisis.mt_events where type = 'escalation_attached'")).ShouldBe(0);
    }

    [Fact]
    public async Task Time_to_x_proposal_declaration_first_alert_and_removal()
    {
        var proposed = await First("crisis_proposed");
        var declared = await First("crisis_declared");

        (declared - proposed).ShouldBeInRange(TimeSpan.FromSeconds(239 - 5), TimeSpan.FromSeconds(240 + 5));
        (await First("partner_alert_issued") - declared).ShouldBeInRange(TimeSpan.FromMinutes(7) - _soon, TimeSpan.FromMinutes(7) + _soon);
        (await store.Database.Scalar<DateTime>("select timestamp from crisis.mt_events where stream_id = $1 and type = 'enforcement_executed'", E101)
            - await store.Database.Scalar<DateTime>("select timestamp from crisis.mt_events where stream_id = $1 and version = 1", E101)).ShouldBeInRange(TimeSpan.FromSeconds(1010 - 5), TimeSpan.FromSeconds(1010 + 5));
    }

    [Fact]
    public async Task Sla_board_exactly_one_breach_and_the_referral_of_the_crisis_meets_the_clock_of_the_case()
    {
        var breaches = await store.Database.Column<string>("select stream_id || ' ' || (data ->> 'clockId') || ' ' || to_char(timestamp, 'HH24:MI') from crisis.mt_events where type in ('sla_breached', 'update_overdue', 'legal_deadline_missed')");
        breaches.ShouldBe([$"{E102} FIRST_RESPONSE 18:02"]);

        var lead = await store.Lead();
        var referral = (await lead.Get($"/v1/escalations/{E101}")).ShouldBe(200).Json.Clock("LE_REFERRAL");
        (referral.Instant("dueAt") - referral.Instant("metAt")).ShouldBeInRange(TimeSpan.FromSeconds(110) - _soon, TimeSpan.FromSeconds(110) + _soon);
        var press = (await lead.Get($"/v1/escalations/{E102}")).ShouldBe(200).Json.Clock("FIRST_RESPONSE");
        (press.Instant("metAt") - press.Instant("dueAt")).ShouldBeInRange(TimeSpan.FromMinutes(38) - _soon, TimeSpan.FromMinutes(38) + _soon);
        (await lead.Get($"/v1/escalations/{E104}")).ShouldBe(200).Json.GetProperty("clocks").EnumerateArray().ShouldNotContain(c => c.GetProperty("clockId").GetString() == "FIRST_RESPONSE");

        var board = (await lead.Get("/v1/sla-board?groupBy=policyArea")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().SelectMany(g => g.GetProperty("clocks").EnumerateArray()).ToArray();
        board.Sum(c => c.GetProperty("breaches").GetInt64()).ShouldBe(1);
        board.Where(c => c.GetProperty("kind").GetString() == "ThreatToLifeReferral").Sum(c => c.GetProperty("met").GetInt64()).ShouldBe(1);
    }

    [Fact]
    public async Task Cadence_every_situation_report_was_out_before_it_was_due()
    {
        var due = Enumerable.Range(0, 16).Select(n => At("2027-05-15T14:37:00Z").AddMinutes(30 * n)).Concat(Enumerable.Range(0, 9).Select(n => At("2027-05-16T02:30:00Z").AddHours(4 * n))).ToArray();
        var published = await store.Database.Recorded(CR7, "sit_rep_published");

        published.Count.ShouldBe(26);
        due[15].ShouldBe(At("2027-05-15T22:07:00Z"));
        due[24].ShouldBe(At("2027-05-17T10:30:00Z"));
        for (var n = 0; n < due.Length; n++)
        {
            (due[n] - published[n]).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMinutes(1), $"#{n + 1}");
            (await store.Database.Scalar<long>("select count(*) from crisis.deadlines where stream = $1 and kind = 'SitRepDue' and state = 'Met' and due_at between $2 and $3", CR7, due[n], due[n] + _soon)).ShouldBe(1, $"#{n + 1}");
        }

        (await store.Database.Scalar<long>("select count(*) from crisis.mt_events where type = 'sit_rep_overdue'")).ShouldBe(0);
    }

    [Fact]
    public async Task Review_meets_three_days_after_the_stand_down_and_the_recommendations_have_owners()
    {
        var lead = await store.Lead();
        var review = (await lead.Get("/v1/reviews/PIR-2027-0007")).ShouldBe(200).Json;

        review.Instant("dueAt").ShouldBeInRange(At("2027-05-20T14:00:00Z"), At("2027-05-20T14:00:00Z") + _soon);
        review.Instant("frozenAsOf").ShouldBeInRange(At("2027-05-17T14:00:00Z"), At("2027-05-17T14:00:00Z") + _soon);
        review.GetProperty("recommendations").EnumerateArray().Select(r => r.GetString()).ShouldBe(["IMP-31", "IMP-32", "IMP-33"]);
        (await lead.Get($"/v1/crises/{CR7}")).ShouldBe(200).Json.GetProperty("state").GetString().ShouldBe("Closed");
    }

    [Fact]
    public async Task Every_stream_folded_again_from_its_events_is_what_the_server_holds()
    {
        var services = store.Node.Services;
        var (loader, kinds) = (services.GetRequiredService<StreamLoader>(), services.GetRequiredService<StreamKinds>());
        await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
        foreach (var key in await store.Database.Column<string>("select id from crisis.mt_streams order by id"))
        {
            var kind = kinds.Find(key)!;
            var live = (await loader.Load([key], CancellationToken.None))[key];
            var again = await loader.LoadThen(kind, key, long.MaxValue, DateTimeOffset.MaxValue, CancellationToken.None);
            Json(again.State).ShouldBe(Json(live.State), key);
            Json(await Aggregate(session, kind.StateType, key)).ShouldBe(Json(live.State), $"{key}, as Marten folds it");
        }
    }

    private static TimeSpan Early(DateTime at, Row row) => row.Instant.UtcDateTime - at;

    private Task<DateTime> First(string type) => store.Database.Scalar<DateTime>("select min(timestamp) from crisis.mt_events where type = $1", type);

    private static string Json(object state) => JsonSerializer.Serialize(state, state.GetType(), Server.Hosting.Json.Stored);

    private static async Task<object> Aggregate(IQuerySession session, Type state, string key)
    {
        var fold = typeof(NorlandTests).GetMethod(nameof(AggregateAs), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(state);
        return await (Task<object>)fold.Invoke(null, [session, key])!;
    }

    private static async Task<object> AggregateAs<TState>(IQuerySession session, string key)
        where TState : class => (await session.Events.AggregateStreamAsync<TState>(key))!;
}
