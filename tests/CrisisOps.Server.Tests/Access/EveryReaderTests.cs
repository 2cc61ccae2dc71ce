using CrisisOps.Domain.Shared;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Access;

/// <summary>Every kind of reader at every door finds no text that is not for it, whatever its audience and TLP (domain §4).</summary>
public sealed class EveryReaderTests(MarkedWords server) : IClassFixture<MarkedWords>
{
    /// <summary>As what a role reads the crisis and the escalation in its regions; null where it reads nothing.</summary>
    private static readonly (string Role, Audience? Crisis, Audience? Escalation)[] _roles =
    [
        ("duty-lead", Audience.Core, Audience.Core),
        ("specialist", Audience.CrossFunctional, Audience.Core),
        ("partner-manager", Audience.CrossFunctional, null),
        ("legal-counsel", Audience.CrossFunctional, null),
        ("communications", Audience.CrossFunctional, null),
        ("policy-expert", Audience.CrossFunctional, null),
        ("election-lead", Audience.CrossFunctional, null),
        ("executive", Audience.Executive, Audience.Executive),
        ("analyst", Audience.Executive, Audience.Executive),
        ("integration", null, null),
        ("admin", null, null),
    ];

    public static TheoryData<string, string, bool> Readers => [.. _roles.SelectMany(r => MarkedWords.Tlps.Select(tlp => (r.Role, TlpNames.Of(tlp), true)).Append((r.Role, "RED", false)))];

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task A_colleague_reads_what_is_for_them_there_and_within_their_clearance(string role, string clearance, bool near)
    {
        var name = $"{role}-{clearance.Replace("+", "", StringComparison.Ordinal).ToLowerInvariant()}-{near}";
        await server.Inbox(name);
        var reader = await server.As(name, roles: [role], regions: [near ? server.Crisis.Region : StreamCalls.NewRegion()], clearance: clearance);
        var table = Array.Find(_roles, r => r.Role == role);
        var cleared = MarkedWords.Tlps.Single(t => TlpNames.Of(t) == clearance);

        await ShouldFindOnly(reader, word => near && May(word, word.OfCrisis ? table.Crisis : table.Escalation, cleared, named: false), searches: cleared is Tlp.GREEN or Tlp.RED);
    }

    [Fact]
    public async Task Whoever_is_named_reads_RED_of_that_stream_alone()
    {
        await ShouldFindOnly(server.Crisis.Commander, word => word.OfCrisis ? May(word, Audience.Core, Tlp.RED, named: true) : May(word, Audience.Core, Tlp.RED, named: false));
        await ShouldFindOnly(
            await server.As("spec-04", regions: [server.Crisis.Region], clearance: "RED"),
            word => word.OfCrisis ? May(word, Audience.CrossFunctional, Tlp.RED, named: false) : May(word, Audience.Core, Tlp.RED, named: true));
    }

    [Fact]
    public async Task A_partner_reads_what_was_told_to_it_and_no_more_than_it_is_cleared_for()
    {
        // It asked for the escalation, so it reads its receipt and the questions of it.
        await ShouldFindOnly(await server.As("amber-desk", roles: ["partner"], regions: ["*"], clearance: "AMBER", partner: server.Amber), word => May(word, Audience.Partner, Tlp.AMBER, named: false));
        await ShouldFindOnly(
            await server.As("green-desk", roles: ["partner"], regions: ["*"], clearance: "RED", partner: server.Green), word => word.OfCrisis && May(word, Audience.Partner, Tlp.GREEN, named: false));
        await ShouldFindOnly(await server.As("other-desk", roles: ["partner"], regions: ["*"], clearance: "RED", partner: "PRT-999"), _ => false);
    }

    [Theory]
    [InlineData(Audience.CrossFunctional)]
    [InlineData(Audience.Executive)]
    [InlineData(Audience.Public)]
    public async Task What_the_command_makes_for_an_audience_holds_what_is_for_it_and_no_other_word(Audience audience)
    {
        var (crisis, words) = (server.Crisis, server.Words);
        foreach (var format in (string[])["html", "markdown"])
        {
            var made = (await crisis.Commander.Get($"/v1/crises/{crisis.Key}/export?format={format}&audience={audience}")).ShouldBe(200).Text;

            words.Where(w => !May(w, audience, Tlp.RED, named: false) && made.Contains(w.Word, StringComparison.OrdinalIgnoreCase)).Select(w => w.Word).ShouldBeEmpty(format);
            // Of what is for it, all that stands on the timeline; the rest came to one person's inbox, or to partners.
            string[] told = audience switch
            {
                Audience.CrossFunctional => ["wcrisisfunctionsamberstrictq", "wcrisisupdateamberq", "wcasefunctionsgreenq"],
                Audience.Executive => ["wcrisisexecutiveamberstrictq", "wcrisisheadlineamberq", "wcasetitlegreenq"],
                _ => ["wcrisispublicclearq"],
            };
            told.ShouldAllBe(word => made.Contains(word, StringComparison.OrdinalIgnoreCase), format);
        }
    }

    [Fact]
    public async Task Who_has_no_role_or_no_token_finds_nothing()
    {
        await ShouldFindOnly(await server.As("nobody", roles: [], regions: ["*"], clearance: "RED"), _ => false);
        await ShouldFindOnly(server.Node.With(null), _ => false);
    }

    [Fact]
    public async Task The_doors_are_open_to_those_whom_they_are_for()
    {
        var timeline = (await server.Crisis.Commander.Get($"/v1/timelines/{server.Crisis.Key}?limit=500")).ShouldBe(200).Text;
        foreach (var tlp in MarkedWords.Tlps)
        {
            foreach (var kind in (string[])["core", "functions", "condition", .. tlp <= Tlp.AMBER ? (string[])["headline", "alert"] : []])
            {
                timeline.ShouldContain($"wcrisis{kind}{tlp}q".ToLowerInvariant());
            }
        }

        var executive = await server.As("exec-60", roles: ["executive"], regions: [server.Crisis.Region], clearance: "RED");
        var condition = (await executive.Get($"/v1/timelines/{server.Crisis.Key}?limit=500")).ShouldBe(200).Text;
        foreach (var tlp in MarkedWords.Tlps)
        {
            condition.Contains($"wcrisisexecutive{tlp}q", StringComparison.OrdinalIgnoreCase).ShouldBe(tlp <= Tlp.AmberStrict, $"{tlp}");
        }

        var partner = await server.As("amber-desk", roles: ["partner"], clearance: "AMBER", partner: server.Amber);
        (await partner.Get($"/v1/partners/{server.Amber}/cap/{server.Alerts[2]}")).ShouldBe(200).Text.ShouldContain("wcrisisalertamberq");
        (await partner.Get($"/v1/timelines/{server.Escalation}")).ShouldBe(200).Text.ShouldContain("wcasequestionamberq");
    }

    [Fact]
    public void The_log_and_the_refusals_say_nothing_of_what_was_written()
    {
        foreach (var word in server.Words)
        {
            server.Log.All.ShouldAllBe(line => !line.Contains(word.Word, StringComparison.OrdinalIgnoreCase) || line.Contains("/v1/search", StringComparison.Ordinal), word.Word);
            server.Refusals.ShouldAllBe(r => !r.Text.Contains(word.Word, StringComparison.OrdinalIgnoreCase), word.Word);
        }
    }

    /// <summary>Visible if the TLP is within the clearance and the ceiling of the audience, the text is for that audience, and RED names the reader.</summary>
    private static bool May(MarkedWord word, Audience? audience, Tlp clearance, bool named)
    {
        var ceiling = audience switch
        {
            Audience.Core => Tlp.RED,
            Audience.CrossFunctional or Audience.Executive => Tlp.AmberStrict,
            Audience.Partner => Tlp.AMBER,
            _ => Tlp.CLEAR,
        };
        return audience is { } reads && word.Audiences.Contains(reads) && word.Tlp <= clearance && word.Tlp <= ceiling && (word.Tlp < Tlp.RED || named);
    }

    /// <param name="searches">Also looks for every word that must not be found; the longest part, so not for every clearance.</param>
    private async Task ShouldFindOnly(Api reader, Func<MarkedWord, bool> may, bool searches = true)
    {
        var forbidden = server.Words.Where(w => !may(w)).ToArray();
        foreach (var (door, said) in await Said(reader))
        {
            forbidden.Where(w => said.Contains(w.Word, StringComparison.OrdinalIgnoreCase)).Select(w => w.Word).ShouldBeEmpty($"{door}: {said}");
        }

        if (reader.Token is not null && searches)
        {
            foreach (var word in forbidden)
            {
                (await reader.Get($"/v1/search?q={word.Word}")).ShouldBe(200).Json.GetProperty("items").GetArrayLength().ShouldBe(0, $"search tells that there is {word.Word}");
            }
        }
    }

    /// <summary>What every door says to a reader, headers included.</summary>
    private async Task<List<(string Door, string Said)>> Said(Api reader)
    {
        var (crisis, escalation) = (server.Crisis.Key, server.Escalation);
        var now = Uri.EscapeDataString($"{DateTimeOffset.UtcNow.AddMinutes(5).UtcDateTime:O}");
        var then = TimelineCalls.Instant(server.Written);
        string[] doors =
        [
            .. ((string[])[crisis, escalation]).SelectMany(key => (string[])
            [
                $"{StreamCalls.Path(key)}?asOf={then}", $"{StreamCalls.Path(key)}?asOf={then}&clock=occurred", $"{StreamCalls.Path(key)}/diff?from=2001-01-01T00:00:00Z&to={now}",
                $"{StreamCalls.Path(key)}/diff?from=2001-01-01T00:00:00Z&to={then}&clock=occurred", $"/v1/timelines/{key}?limit=500&asOf={then}&clock=occurred", $"/v1/deadlines?stream={key}&limit=500&asOf={then}",
            ]),
            $"/v1/crises?limit=500&asOf={then}", $"/v1/escalations?limit=500&asOf={then}", $"/v1/queue?limit=500&asOf={then}", $"/v1/partners?limit=500&asOf={then}",
            $"/v1/me/work?asOf={then}", $"/v1/me/inbox?limit=500&asOf={now}", $"/v1/deliveries?limit=500&asOf={now}", $"/v1/alerts/kept?asOf={then}", $"/v1/escalations/{escalation}/alerts?asOf={then}",
            $"/v1/escalations/{escalation}/duplicates?asOf={then}", $"/v1/reads?asOf={now}",
            .. ((string[])[crisis, escalation]).SelectMany(key => (string[])
            [
                $"/v1/timelines/{key}?limit=500", $"/v1/timelines/{key}?limit=500&order=recorded", $"/v1/timelines/{key}?limit=500&asOf={now}", $"/v1/timelines/{key}?limit=500&kind=Note,Update,Alert",
                StreamCalls.Path(key), $"{StreamCalls.Path(key)}?version=2", $"{StreamCalls.Path(key)}?asOf={now}", $"/v1/deliveries?incident={key}&limit=500", $"/v1/deadlines?stream={key}&limit=500",
            ]),
            $"/v1/crises/{crisis}/export?format=html", $"/v1/crises/{crisis}/export?format=markdown", $"/v1/crises/{crisis}/export?format=html&audience=Executive",
            $"/v1/crises/{crisis}/board", $"/v1/crises/{crisis}/sitrep-draft", "/v1/board", "/v1/crises?limit=500", "/v1/escalations?limit=500", "/v1/queue?limit=500", "/v1/sla-board", "/v1/me/work",
            $"/v1/escalations/{escalation}/duplicates", $"/v1/changes?after={server.Start}", "/v1/me/inbox?limit=500", "/v1/deliveries?limit=500", "/v1/partners?limit=500", "/openapi/v1.json",
            .. ((string[])[server.Amber, server.Green, "Core", "CrossFunctional", "Executive", "Partner", "Public", "ic-01", "duty-lead-red-True"]).Select(who => $"/v1/knowledge/{who}?limit=500"),
            .. ((string[])[server.Amber, server.Green]).SelectMany(key => server.Alerts.Select(alert => $"/v1/partners/{key}/cap/{alert}").Concat([$"/v1/partners/{key}/cap", $"/v1/partners/{key}/cap?asOf={now}", $"/v1/partners/{key}/cap/{server.Alerts[^1]}?asOf={now}"])),
        ];
        List<(string Door, string Said)> said = [];
        foreach (var door in doors)
        {
            said.Add(Of(door, await reader.Get(door)));
        }

        foreach (var (key, command, body) in ((string, string, object)[])
        [
            (crisis, "post-note", new { text = "May I?" }), (crisis, "redact-entry", new { entry = 4, reason = "wrong" }), (crisis, "correct-note", new { entry = 4, text = "other" }),
            (crisis, "cancel-alert", new { alertId = server.Alerts[^1] }), (crisis, "approve-public-update", new { draftId = "PD-1" }), (crisis, "close", new { }),
            (escalation, "redact-entry", new { entry = 4, reason = "wrong" }), (escalation, "reject", new { reason = "OutOfScope", explanation = "not ours" }), (escalation, "take", new { }),
        ])
        {
            var path = $"{StreamCalls.Path(key)}/{command}?dryRun=true";
            said.Add(Of(path, await reader.Send(HttpMethod.Post, path, body)));
        }

        if (said[0].Said.Contains(MarkedWords.Last, StringComparison.Ordinal))
        {
            var live = new LiveReader(crisis);
            await live.Read(server.Node, reader.Token!, r => r.Events.Any(e => e.Data.GetRawText().Contains(MarkedWords.Last, StringComparison.Ordinal)), TestContext.Current.CancellationToken);
            said.Add(("live", string.Join('\n', live.Events.Select(e => e.Data.GetRawText()))));
        }

        return said;
    }

    private static (string Door, string Said) Of(string door, Answer answer)
    {
        answer.Status.ShouldBeLessThan(500, $"{door}: {answer.Text}");
        return (door, $"{answer.Text}\n{string.Join('\n', answer.Headers.SelectMany(h => h.Select(v => $"{h.Key}: {v}")))}");
    }
}
