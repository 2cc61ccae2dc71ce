using System.Text.Json;
using System.Text.RegularExpressions;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Elections;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Intake;

namespace CrisisOps.Server.Tests.Streams;

/// <summary>Streams of every kind, at work; between one step and the next everybody looked at every list.</summary>
public sealed partial class ListStory(TestPostgres postgres) : TestServer(postgres), IAsyncLifetime
{
    public static readonly string[] Lists =
    [
        "escalations?limit=500", "escalations?state=Received", "escalations?state=Investigating,Resolved&region=XN", "escalations?severity=SEV1,SEV2", "escalations?owner=spec-04", "escalations?unowned=true",
        "escalations?flag=ThreatToLife", "escalations?policyArea=MediaInquiry", "escalations?source=Press&state=Received", "escalations?q=attack", "escalations?desk=Comms,PolicyOps", "escalations?region=XS",
        "queue?limit=500", "deadlines?limit=500", "deadlines?overdue=true&limit=500", "deadlines?overdue=false&kind=TaskDue,SitRep,SlaClock&limit=500", "deadlines?owner=spec-04",
        .. ((string[])["crises", "elections", "reviews", "recommendations", "partners", "contacts", "subscriptions", "sources", "risks"]).SelectMany(kind => (string[])[$"{kind}?limit=500", $"{kind}?open=true&limit=500"]),
        "crises?state=Active", "crises?q=lighthouse", "crises?region=XN", "elections?state=Assessed", "reviews?state=Draft", "recommendations?state=Accepted", "partners?state=Vetted,Active", "contacts?state=Active&limit=500",
        "subscriptions?state=Pending", "sources?state=Active", "sources?q=silent", "risks?state=Captured", "risks?q=polling", "search?q=lighthouse&limit=500", "search?q=post-8812",
        "alerts/kept?limit=500", "alerts/kept?reason=Maintenance", "escalations/{alerted}/alerts?limit=500", "escalations/{attack}/duplicates?limit=500",
        "me/inbox?limit=500", "me/inbox?unread=true", "me/work",
        "sla-board", "sla-board?groupBy=region", "sla-board?groupBy=source",
    ];

    private readonly List<Func<Task>> _next = [];

    public Dictionary<string, Api> Readers { get; } = [];

    /// <summary>The cases that lists are named by.</summary>
    private readonly Dictionary<string, string> _cases = [];

    /// <summary>What each reader was shown on each list, and when.</summary>
    public List<(string Reader, string List, DateTimeOffset At, string Items)> Seen { get; } = [];

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await Begin();
        foreach (var (name, reader) in new[]
        {
            ("lead", await As("lead-01", roles: ["duty-lead"], clearance: "RED")), ("specialist", await As("spec-09", regions: ["XN", "XS"])),
            ("executive", await As("exec-01", roles: ["executive"], clearance: "AMBER")), ("partner", await As("watch", roles: ["partner"], partner: "PRT-1")), ("nobody", await As("nobody", roles: [])),
        })
        {
            Readers[name] = reader;
        }

        foreach (var step in _next)
        {
            await Database.RulesHeard();
            await this.Tallied();
            await Look();
            await step();
        }

        await Database.RulesHeard();
    }

    /// <summary>The items of a list; a queue says how long ago, and that moves with each look at it.</summary>
    public async Task<string> Items(Api reader, string list, string asOf = "")
    {
        var path = _cases.Aggregate(list == "partner's" ? "escalations" : list, (path, known) => path.Replace($"{{{known.Key}}}", known.Value, StringComparison.Ordinal));
        var answer = await reader.Get($"/v1/{path}{(asOf.Length == 0 ? "" : $"{(path.Contains('?') ? '&' : '?')}asOf={asOf}")}");
        return $"{answer.Status} {Why().Replace(answer.Ok ? string.Join('\n', Parts(answer.Json)) : answer["type"]!, "")}";
    }

    /// <summary>What waits for an approval is asked of commands, and there are none in the past.</summary>
    private static IEnumerable<string> Parts(JsonElement page) => page.TryGetProperty("items", out var items)
        ? items.EnumerateArray().Select(i => i.GetRawText())
        : page.EnumerateObject().Where(m => m.Name != "waitingForMyApproval").Select(m => $"{m.Name} {m.Value.GetRawText()}");

    private async Task Look()
    {
        var at = await Readers["lead"].Now();
        foreach (var (name, reader) in Readers)
        {
            foreach (var list in name == "partner" ? ["partner's"] : Lists)
            {
                Seen.Add((name, list, at, await Items(reader, list)));
            }
        }

        await Readers["lead"].Pass(TimeSpan.FromMinutes(20));
    }

    private async Task Begin()
    {
        var crisis = await this.StandUp("XN", "The lighthouse story");
        var ended = await this.StandUp(StreamCalls.NewRegion(), "The windmill story");
        await ended.StandDown();
        var review = await ended.Review();
        var lead = await this.Staff("lead-01", "duty-lead");
        var owner = await this.Staff("spec-04", "specialist");
        var manager = await this.Staff("pm-01", "partner-manager");
        var second = await this.Staff("pm-02", "partner-manager");
        var electionLead = await this.Staff("el-01", "election-lead");
        async Task<string> Sent(Api by, string path, object body) => (await by.Send(HttpMethod.Post, $"/v1/{path}", body)).ShouldBe(201).Key;
        var recommendation = await Sent(lead, "recommendations", new { type = "Process", problem = "late", proposal = "sooner", reviewKey = review, metric = new { name = "minutes to triage", before = 12, target = 5 } });
        var election = (await ElectionStories.Register(electionLead, "XN")).ShouldBe(201).Key;
        var partner = await Sent(manager, "partners", new { name = "Civic Watch", type = "Helpline" });
        var contact = await Sent(lead, "contacts", new { kind = "Requester", @ref = $"CNT-{Guid.NewGuid()}" });
        var person = await Sent(lead, "contacts", new { kind = "Person", @ref = "somebody" });
        var subscription = await Sent(lead, "subscriptions", new { subscriber = person, scope = new { }, audience = "Core" });
        var source = (await SourceCalls.Register(manager)).ShouldBe(201).Key;
        var risk = await Sent(owner, "risks", new { kind = "OffPlatformChatter", summary = "A call to block polling stations spreads", origin = "groups", narrative = "The same words.", horizon = "7d", region = new[] { "XN" }, policyArea = "VoterInterference" });
        var attack = await owner.Raised(new { title = "Live video of an attack", surface = "Live", threatToLife = true, proposedSeverity = "SEV1", contentRefs = new[] { new { itemId = "post-8812", itemType = "video" } } });
        var press = await owner.Raised(new { title = "Who is behind it?", source = "Press", proposedSeverity = "SEV3" });
        var plain = await owner.Raised(new { proposedSeverity = "SEV4" });
        var far = await owner.Raised(new { region = new[] { "XS" }, proposedSeverity = "SEV2" });
        var reported = await (await As("watch", roles: ["partner"], partner: "PRT-1")).Raised(new { source = "TrustedPartner", externalRef = "W-1" });
        await Begin(lead, manager, owner, attack);
        _next.Add(async () =>
        {
            await owner.Gives(attack, "take");
            await owner.Gives(attack, "add-task", new { title = "Ask for the original", owner = "spec-04", dueAt = (await lead.Now()).AddMinutes(30) });
            await owner.Gives(attack, "take-interim-action", new { action = "RemoveContent", scope = "the video", reason = "attack in progress" });
            await lead.Gives(plain, "reject", new { reason = "OutOfScope", explanation = "not ours" });
            await owner.Gives(far, "reclassify", new { region = new[] { "XN", "XS" } });
            await owner.Gives(far, "snooze", new { reason = "their office is closed", until = (await lead.Now()).AddHours(3) });
            await owner.Gives(reported, "take");
            await owner.Gives(risk, "grade", new { reliability = "B", credibility = 2 });
            await electionLead.Gives(election, "assess-risk", new { tier = "High", drivers = new[] { "Polarisation" }, confidence = "moderate" });
            await second.Gives(partner, "vet", new { agreementRef = "AGR-12" });
            await lead.Gives(recommendation, "accept", new { owner = "spec-04", dueAt = (await lead.Now()).AddDays(10) });
            await crisis.Commander.Gives(crisis.Key, "publish-sit-rep", new { significantEvents = "No re-upload for a day.", plannedActions = "Stand down." });
            await owner.Raised(new { title = "A later attack" });
        });
        _next.Add(async () =>
        {
            await owner.Gives(far, "wake", new { reason = "they called" });
            await owner.Gives(attack, "complete-task", new { taskId = "TSK-1" });
            await owner.Gives(press, "triage", new { severity = "SEV2", policyArea = "MediaInquiry", region = new[] { "XN" }, duplicateSearchDone = true });
            await crisis.Commander.Gives(crisis.Key, "stabilize", new { exitIndicators = new[] { "quiet" } });
            await lead.Gives(contact, "suspend", new { reason = "left" });
            await lead.Gives(subscription, "remove", new { reason = "nobody reads it" });
            await manager.Gives(source, "suspend", new { reason = "floods" });
            await owner.Gives(risk, "dismiss", new { reason = "A hoax." });
            await electionLead.Gives(election, "cancel", new { authorityRef = "NEC-7" });
            await second.Gives(partner, "activate");
        });
        _next.Add(() => Task.CompletedTask);
    }

    /// <summary>A source that sends and is under maintenance, what lies in an inbox, and who is on duty.</summary>
    private async Task Begin(Api lead, Api manager, Api owner, string attack)
    {
        (await lead.Put("/v1/duty/Comms/XN", new { person = "lead-01", channels = new[] { "pager" } })).ShouldBe(200);
        var feed = await manager.Feed(Node.With(null), region: "XN");
        _cases["attack"] = attack;
        _cases["alerted"] = (await this.CaseOf(await feed.Sends(AlertCalls.Alert("fire"))))!;
        await this.Maintenance(feed, "PT30M");
        await feed.Sends(AlertCalls.Alert("smoke"));
        await feed.Sends(AlertCalls.Alert("smoke"));
        await feed.Sends(AlertCalls.Alert("quake"));
        var contact = (await lead.Send(HttpMethod.Post, "/v1/contacts", new { kind = "Person", @ref = "spec-09" })).ShouldBe(201).Key;
        var told = await this.Told(contact, attack, "The video is down.", at: await lead.Now());
        _next.Add(async () =>
        {
            await feed.Sends(AlertCalls.Alert("fire"));
            await feed.Sends(AlertCalls.Alert("quake").With("action", "resolve"));
            (await Readers["specialist"].Send(HttpMethod.Post, $"/v1/me/inbox/{told}/read")).ShouldBe(200);
            await this.Told(contact, attack, "It is up again.", at: await lead.Now());
            var again = await owner.Raised(new { title = "The video again", contentRefs = new[] { new { itemId = "post-8812", itemType = "video" } } });
            await owner.Gives(again, "take", new { severity = "SEV3", policyArea = "Spam" });
            await lead.Gives(again, "reassign", new { to = "lead-01", reason = "night" });
        });
    }

    [GeneratedRegex("(?<=,\"why\":)\"[^\"]*\"")]
    private static partial Regex Why();
}
