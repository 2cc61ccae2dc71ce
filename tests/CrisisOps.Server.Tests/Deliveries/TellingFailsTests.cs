using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>A partner that an alert does not reach stands on the timeline of the crisis, once.</summary>
public sealed class TellingFailsTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    [Fact]
    public async Task A_partner_whose_address_is_gone_was_not_reached()
    {
        var (_, name, path) = await server.Reachable();
        server.Receiver.Answers(path, 410);
        var (crisis, alert) = await Issue(name);
        await server.Receiver.Next(path);

        await Undelivered(crisis.Key, $"{name} gone");

        var entry = (await crisis.Lead.Timeline(crisis.Key)).First(e => e.GetRawText().Contains("was not reached"));
        entry.GetRawText().ShouldContain($"{name} was not reached: gone ({alert})");
        (await (await server.As("spec-77", regions: [crisis.Region])).Timeline(crisis.Key)).ShouldContain(e => e.GetRawText().Contains("was not reached"));
        (await server.Database.Column<string>("select coalesce(partner, '') || coalesce(executive, '') || coalesce(public, '') from crisis.timeline where stream = $1 and core like '%was not reached%'", crisis.Key)).ShouldBe([""]);
    }

    [Fact]
    public async Task Who_can_not_be_told_at_all_was_not_reached_either()
    {
        var (_, bare) = await server.Partner();
        var (_, low) = await server.Partner("GREEN");
        var (suspended, away) = await server.Partner();
        var (_, well, path) = await server.Reachable();
        await (await server.Manager()).Gives(suspended, "suspend", new { reason = "moves its servers" });
        var (crisis, _) = await Issue("Nobody Knows Them", bare, low, away, well);
        await server.Receiver.Next(path);

        await Undelivered(crisis.Key, $"{bare} no-endpoint", $"{low} clearance", $"{away} not-active");
    }

    [Fact]
    public async Task It_is_said_once_for_each_message_also_when_it_fails_again()
    {
        var (key, name, path) = await server.Reachable();
        server.Receiver.Answers(path, 410);
        var (crisis, alert) = await Issue(name);
        await server.Receiver.Next(path);
        await Undelivered(crisis.Key, $"{name} gone");

        // The telephone is next, and there is none: that is the same message to the same partner.
        await crisis.Lead.Pass(TimeSpan.FromMinutes(21));
        await server.Delivery($"incident={crisis.Key}&recipient={key}&state=Suppressed", "Suppressed");
        await crisis.Liaison.Gives(crisis.Key, "update-alert", new { alertId = alert, headline = "More", text = "Twelve more hashes." });

        await Undelivered(crisis.Key, $"{name} gone", $"{name} no-endpoint");
    }

    [Fact]
    public async Task Whoever_acknowledged_by_telephone_was_reached()
    {
        var (key, name, path) = await server.Reachable();
        server.Receiver.Answers(path, 500);
        var (crisis, alert) = await Issue(name);
        await server.Receiver.Next(path);
        await crisis.Liaison.Gives(crisis.Key, "record-partner-ack", new { alertId = alert, partner = name, channel = "Phone", by = "duty officer" });
        await server.Delivery($"incident={crisis.Key}&recipient={key}", "Cancelled");

        (await Recorded(crisis.Key)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_exercise_records_nothing()
    {
        var (real, _) = await Issue(await Bare());
        var lead = real.Lead;
        var exercise = (await lead.Send(HttpMethod.Post, "/v1/crises", new { type = "CivilUnrest", summary = "A drill", region = new[] { StreamCalls.NewRegion() }, exercise = true })).ShouldBe(201).Key;
        await lead.Gives(exercise, "stand-up", new { consequence = 4, virality = 3, certainty = "Observed", codename = "DRILL", incidentCommander = "ic-01" });
        await real.Commander.Gives(exercise, "issue-alert", new { recipients = new[] { await Bare() }, headline = "A drill", text = "Do nothing." });
        await server.Delivery($"incident={exercise}&kind=Alert", "Suppressed");

        // They are seen to in the order in which they were planned.
        var later = await Issue(await Bare());
        await Eventually.Is(async () => (await Recorded(later.Crisis.Key)).Count == 1, "what was planned after it is on the record");

        (await Recorded(exercise)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_node_that_died_before_it_was_said_leaves_it_to_the_next_and_two_nodes_say_it_once()
    {
        var (_, name, path) = await server.Reachable();
        server.Receiver.Answers(path, 410);
        var (crisis, _) = await Issue(name);
        await server.Receiver.Next(path);
        await Undelivered(crisis.Key, $"{name} gone");

        // As a node leaves it that died between the event and its own mark; and another node looks too.
        await server.StartAnotherNode();
        await server.Database.Execute("update crisis.deliveries set noted = false where incident = $1", crisis.Key);

        await Undelivered(crisis.Key, $"{name} gone");
    }

    /// <summary>Waits until nothing is left to be said, and looks at what was.</summary>
    private async Task Undelivered(string crisis, params string[] expected)
    {
        await Eventually.Is(
            async () => (await Recorded(crisis)).Count >= expected.Length && await server.Database.Scalar<bool>(
                """
                select not exists (select 1 from crisis.deliveries where incident = $1 and kind = 'Alert' and not noted and reason not in ('exercise', 'never-told', 'unknown-partner') and state in ('Exhausted', 'Suppressed'))
                   and not exists (select 1 from crisis.deliveries where incident = $1 and state = 'Queued' and channel <> 'Phone')
                """,
                crisis),
            $"{string.Join(", ", expected)} is on the record");
        (await Recorded(crisis)).ShouldBe(expected, ignoreOrder: true);
    }

    /// <summary>A partner that can not be reached at all, by name.</summary>
    private async Task<string> Bare() => (await server.Partner()).Name;

    private Task<List<string>> Recorded(string crisis) => server.Database.Column<string>(
        "select (data->>'partner') || ' ' || (data->>'why') from crisis.mt_events where stream_id = $1 and type = 'partner_alert_undelivered' order by version", crisis);

    private async Task<(CrisisStories.Crisis Crisis, string Alert)> Issue(params string[] names)
    {
        var crisis = await server.StandUp();
        var issued = await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = names, headline = "Live video of an attack", text = "Match these hashes." });
        await server.Database.RulesHeard();
        return (crisis, issued.Json.GetProperty("events")[0].GetProperty("alertId").GetString()!);
    }
}
