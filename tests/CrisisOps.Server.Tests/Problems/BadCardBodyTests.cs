using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Elections;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Problems;

/// <summary>Bodies for crises, elections, reviews, recommendations, risks, partners and contacts that no command can be read from: a problem that names the member, and nothing written.</summary>
public sealed class BadCardBodyTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("crises", """{"type":"Flood","summary":"a"}""", "type")]
    [InlineData("crises", """{"type":"CivilUnrest"}""", "summary")]
    [InlineData("crises", """{"type":"CivilUnrest","summary":" "}""", "summary")]
    [InlineData("crises", """{"type":"CivilUnrest","summary":"a","region":["xn"]}""", "region")]
    [InlineData("crises", """{"type":"CivilUnrest","summary":"a","refs":[null]}""", "refs")]
    [InlineData("crises", """{"type":"CivilUnrest","summary":"a","level":"Level1"}""", "level")]
    [InlineData("crises", """{"type":"CivilUnrest","summary":"a","key":"CR-2027-0001"}""", "key")]
    [InlineData("crises", """{"type":"CivilUnrest","summary":"a\u202eb"}""", "summary")]
    [InlineData("elections", """{"region":"XN\n","electionType":"Local","tz":"UTC","authority":"a","electionDay":"2027-05-16"}""", "region")]
    [InlineData("elections", """{"region":"XN'; drop table crisis.cards; --","electionType":"Local","tz":"UTC","authority":"a","electionDay":"2027-05-16"}""", "region")]
    [InlineData("elections", """{"region":"XN","electionType":"Local","tz":"UTC","authority":"a","electionDay":"2027-02-30"}""", "electionDay")]
    [InlineData("elections", """{"region":"XN","electionType":"Local","tz":"UTC","authority":"a","electionDay":"0001-01-01"}""", "electionDay")]
    [InlineData("elections", """{"region":"XN","electionType":"Local","tz":"UTC","authority":"a","electionDay":"2027-05-16T00:00:00Z"}""", "electionDay")]
    [InlineData("elections", """{"region":"XN","electionType":"Local","tz":"UTC","authority":"a","electionDay":"2027-05-16","measurePlan":[{"phase":"Voting","kind":"ResultsPanel","region":"everywhere"}]}""", "measurePlan")]
    [InlineData("elections", """{"region":"XN","electionType":"Local","tz":"UTC","authority":"a","electionDay":"2027-05-16","measurePlan":[null]}""", "measurePlan")]
    [InlineData("reviews", """{"crisisKey":"CR-2027-0001","owner":"a"}""", "dueAt")]
    [InlineData("reviews", """{"crisisKey":"CR-2027-0001","owner":"a","dueAt":"2027-05-16"}""", "dueAt")]
    [InlineData("recommendations", """{"type":"Process","problem":"a","proposal":"b","metric":{"name":"m","before":"1","target":2}}""", "metric.before")]
    [InlineData("recommendations", """{"type":"Process","problem":"a","proposal":"b","metric":{"name":"","before":1,"target":2}}""", "metric.name")]
    [InlineData("recommendations", """{"type":"Process","problem":"a","proposal":"b","evidence":{"query":"q","values":[{"name":"","value":1}]}}""", "evidence.values")]
    [InlineData("risks", """{"kind":"Rumour","summary":"a","origin":"b"}""", "kind")]
    [InlineData("risks", """{"kind":"MediaReport","summary":"a"}""", "origin")]
    [InlineData("risks", """{"kind":"MediaReport","summary":"a","origin":"b","horizon":"8d"}""", "horizon")]
    [InlineData("risks", """{"kind":"MediaReport","summary":"a","origin":"b","region":["xn"]}""", "region")]
    [InlineData("partners", """{"type":"Helpline"}""", "name")]
    [InlineData("partners", """{"name":"a","type":"Friend"}""", "type")]
    [InlineData("partners", """{"name":"a","type":"Helpline","languages":["English"]}""", "languages")]
    [InlineData("partners", """{"name":"a","type":"Helpline","contacts":[null]}""", "contacts")]
    [InlineData("partners", """{"name":"a","type":"Helpline","contacts":[{"contactRef":"CNT-1","role":"","channel":"Phone"}]}""", "contacts[0].role")]
    [InlineData("partners", """{"name":"a","type":"Helpline","tlpClearance":"AMBER"}""", "tlpClearance")]
    [InlineData("contacts", """{"kind":"Person"}""", "ref")]
    [InlineData("contacts", """{"kind":"Friend","ref":"a"}""", "kind")]
    [InlineData("contacts", """{"kind":"Person","ref":" "}""", "ref")]
    [InlineData("contacts", """{"kind":"Person","ref":"a","tz":""}""", "tz")]
    [InlineData("contacts", """{"kind":"Person","ref":"a","address":"me@team.example"}""", "address")]
    [InlineData("contacts", """{"kind":"Team","ref":"a","standing":{"roles":["boss"]}}""", "standing.roles[0]")]
    [InlineData("contacts", """{"kind":"Team","ref":"a","standing":{"roles":["specialist"],"regions":["xn"]}}""", "standing.regions")]
    [InlineData("contacts", """{"kind":"Team","ref":"a","standing":{"roles":["specialist"],"clearance":"ORANGE"}}""", "standing.clearance")]
    public async Task An_opening_body_is_refused(string plural, string body, string member) => await Refused(await Everybody(), $"/v1/{plural}", body, member);

    [Theory]
    [InlineData("activate-lever", """{"kind":"LiveStreamRestriction","scope":"XN"}""", "ttl")]
    [InlineData("activate-lever", """{"kind":"LiveStreamRestriction","scope":"XN","ttl":"30"}""", "ttl")]
    [InlineData("activate-lever", """{"kind":"LiveStreamRestriction","scope":"XN","ttl":"00:30:00"}""", "ttl")]
    [InlineData("activate-lever", """{"kind":"LiveStreamRestriction","scope":"XN","ttl":"P1Y"}""", "ttl")]
    [InlineData("activate-lever", """{"kind":"LiveStreamRestriction","scope":"XN","ttl":"P99999999999D"}""", "ttl")]
    [InlineData("activate-lever", """{"kind":"LiveStreamRestriction","scope":"XN","ttl":1800}""", "ttl")]
    [InlineData("activate-lever", """{"kind":"Everything","scope":"XN","ttl":"PT1H"}""", "kind")]
    [InlineData("assess", """{"consequence":"4","virality":3,"certainty":"Observed"}""", "consequence")]
    [InlineData("assess", """{"consequence":4,"virality":3.5,"certainty":"Observed"}""", "virality")]
    [InlineData("assess", """{"consequence":4,"virality":3,"certainty":"Sure"}""", "certainty")]
    [InlineData("assign-role", """{"role":"Boss","person":"ic-01"}""", "role")]
    [InlineData("post-update", """{"condition":"a","audiences":["Core"]}""", "audiences[0]")]
    [InlineData("post-update", """{"condition":"a","audiences":[{"audience":"Everybody"}]}""", "audiences[0].audience")]
    [InlineData("post-update", """{"condition":"a","audiences":[{"audience":"Core","text":""}]}""", "audiences[0].text")]
    [InlineData("post-update", """{"condition":"a","sendAfter":60}""", "sendAfter")]
    [InlineData("post-update", """{"condition":"a","sendAfter":"soon"}""", "sendAfter")]
    [InlineData("post-update", """{"condition":"a","sendAfter":"P1M"}""", "sendAfter")]
    [InlineData("release-holding-line", """{"sendAfter":"1 minute"}""", "sendAfter")]
    [InlineData("withdraw-update", """{"heldId":" "}""", "heldId")]
    [InlineData("withdraw-update", """{"updateId":"U-1"}""", "updateId")]
    [InlineData("issue-alert", """{"recipients":[],"headline":"a","text":"b","ackWindow":"soon"}""", "ackWindow")]
    [InlineData("issue-alert", """{"recipients":"VideoHub","headline":"a","text":"b"}""", "recipients")]
    [InlineData("stabilize", """{"exitIndicators":[null]}""", "exitIndicators")]
    [InlineData("stand-up", """{"consequence":4,"virality":3,"certainty":"Observed","codename":"H","roles":[{"role":"Scribe"}]}""", "roles[0].person")]
    public async Task A_command_on_a_crisis_with_this_body_is_refused(string command, string body, string member)
    {
        var lead = await Everybody();
        var key = (await lead.Propose(StreamCalls.NewRegion())).ShouldBe(201).Key;

        await Refused(lead, $"/v1/crises/{key}/{command}", body, member);
    }

    [Theory]
    [InlineData("set-schedule", """{"phases":[{"phase":"Lunch","at":"2027-05-15T00:00"}]}""", "phases[0].phase")]
    [InlineData("set-schedule", """{"phases":[null]}""", "phases")]
    [InlineData("set-schedule", """{"phases":[{"phase":"Voting","at":7}]}""", "phases[0].at")]
    [InlineData("postpone", """{"authorityRef":"NEC-1","newDay":"soon"}""", "newDay")]
    [InlineData("postpone", """{"authorityRef":"NEC-1","newDay":"1999-01-01"}""", "newDay")]
    [InlineData("activate-measure", """{"kind":"ResultsPanel","region":"xn","expiresAt":"2027-05-15T00:00:00Z"}""", "region")]
    public async Task A_command_on_an_election_with_this_body_is_refused(string command, string body, string member)
    {
        var lead = await Everybody();
        var key = (await lead.Register(StreamCalls.NewRegion())).ShouldBe(201).Key;

        await Refused(lead, $"/v1/elections/{key}/{command}", body, member);
    }

    [Theory]
    [InlineData("register-address", """{"channel":"Email"}""", "address")]
    [InlineData("register-address", """{"channel":"Email","address":" "}""", "address")]
    [InlineData("register-address", """{"channel":"Pigeon","address":"me@team.example"}""", "channel")]
    [InlineData("register-address", """{"channel":"Email","address":"me@team.example","vaultRef":"VLT-1"}""", "vaultRef")]
    [InlineData("register-address", """{"channel":"Email","address":"me@team.example","twins":[]}""", "twins")]
    [InlineData("change-standing", """{"reason":"a"}""", "standing")]
    [InlineData("change-standing", """{"standing":{"roles":["specialist"],"functions":["Chess"]},"reason":"a"}""", "standing.functions[0]")]
    [InlineData("verify-address", """{"addressId":"AD-1"}""", "how")]
    [InlineData("suspend", """{"reason":""}""", "reason")]
    public async Task A_command_on_a_contact_with_this_body_is_refused(string command, string body, string member)
    {
        var lead = await Everybody();
        var key = (await lead.Send(HttpMethod.Post, "/v1/contacts", new { kind = "Person", @ref = $"somebody {Guid.NewGuid()}" })).ShouldBe(201).Key;

        await Refused(lead, $"/v1/contacts/{key}/{command}", body, member);
    }

    [Fact]
    public async Task A_time_that_is_too_long_is_not_said_back()
    {
        var lead = await Everybody();
        var key = (await lead.Register(StreamCalls.NewRegion())).ShouldBe(201).Key;

        (await Refused(lead, $"/v1/elections/{key}/set-schedule", $$"""{"phases":[{"phase":"Voting","at":"{{new string('7', 100_000)}}"}]}""", "phases")).Text.ShouldNotContain("7777");
    }

    private async Task<Api> Everybody() => await server.Staff("lead-01", "duty-lead", "election-lead", "specialist");

    private async Task<Answer> Refused(Api caller, string path, string body, string member)
    {
        var before = await server.Database.Everything() + await server.Database.Scalar<long>("select count(*) from crisis.key_counters");
        var answer = (await caller.Send(HttpMethod.Post, path, body)).ShouldBeProblem(422, "validation", member: member);
        (await server.Database.Everything() + await server.Database.Scalar<long>("select count(*) from crisis.key_counters")).ShouldBe(before);
        return answer;
    }
}
