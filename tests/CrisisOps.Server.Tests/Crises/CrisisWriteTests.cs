using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Crises;

/// <summary>Many hands on one crisis: exactly one of each thing that there is one of.</summary>
public sealed class CrisisWriteTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_proposals_of_one_type_and_region_at_the_same_instant_make_one_crisis(bool onTwoNodes)
    {
        var here = await server.Staff("spec-04", "specialist");
        var there = onTwoNodes ? (await server.StartAnotherNode()).With(here.Token) : here;
        for (var round = 0; round < 3; round++)
        {
            var region = StreamCalls.NewRegion();

            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? here : there).Propose(region)));

            var key = answers.Where(a => a.Status == 201).ShouldHaveSingleItem().Key;
            answers.Where(a => a.Status != 201).ShouldAllBe(a => a.Status == 422 && a["guard"] == "one-open-proposal" && a.Text.Contains(key));
            (await server.Database.Scalar<long>("select count(*) from crisis.cards where kind = 'CR' and regions = array[$1]", region)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Two_incident_commanders_appointed_at_the_same_instant_are_one()
    {
        var lead = await server.Staff("lead-01", "duty-lead");
        await server.Staff("ic-01", "specialist");
        await server.Staff("ic-05", "specialist");
        for (var round = 0; round < 5; round++)
        {
            var key = (await lead.Propose(StreamCalls.NewRegion())).ShouldBe(201).Key;
            await lead.Gives(key, "assess", new { consequence = 3, virality = 3, certainty = "Likely" });
            await lead.Gives(key, "declare", new { codename = "HARBOUR" });

            var answers = await Task.WhenAll(((string[])["ic-01", "ic-05", "ic-01", "ic-05"]).Select(person => lead.Give(key, "assign-role", new { role = "IncidentCommander", person })));

            answers.Count(a => a.Ok).ShouldBe(1, string.Join('\n', answers.Select(a => a.Text)));
            answers.Where(a => !a.Ok).ShouldAllBe(a => a["guard"] == "one-commander");
            (await lead.Read(key)).GetProperty("roles").GetArrayLength().ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_a_repeat_gets_the_first_answer()
    {
        var lead = await server.Staff("lead-01", "duty-lead");
        var region = StreamCalls.NewRegion();
        object body = new { type = "CivilUnrest", summary = "Unrest", region = new[] { region } };

        var first = (await lead.Send(HttpMethod.Post, "/v1/crises", body, idempotencyKey: region)).ShouldBe(201);
        var again = (await lead.Send(HttpMethod.Post, "/v1/crises", body, idempotencyKey: region)).ShouldBe(201);
        var noted = (await lead.Give(first.Key, "post-note", new { text = "On what I saw." }, ifMatch: "\"1\"", idempotencyKey: "n")).ShouldBeAt(2);

        again.Text.ShouldBe(first.Text);
        (await lead.Give(first.Key, "post-note", new { text = "On what I saw." }, ifMatch: "\"1\"", idempotencyKey: "n")).Text.ShouldBe(noted.Text);
        (await lead.Give(first.Key, "post-note", new { text = "Otherwise." }, idempotencyKey: "n")).ShouldBeProblem(422, "idempotency-key-reused");
        (await lead.Give(first.Key, "post-note", new { text = "On what I saw." }, ifMatch: "\"1\"")).ShouldBeProblem(412, "version-conflict").Version.ShouldBe(2);
        (await server.Database.Events(first.Key)).ShouldBe(2);
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        var crisis = await server.StandUp();
        var before = await server.Database.Everything();

        (await crisis.Commander.Send(HttpMethod.Post, $"/v1/crises/{crisis.Key}/stabilize?dryRun=true", new { exitIndicators = new[] { "quiet" } })).ShouldBeDone().State.ShouldBe("Stabilizing");

        (await server.Database.Everything()).ShouldBe(before);
        (await crisis.Commander.Read(crisis.Key)).GetProperty("state").GetString().ShouldBe("Active");
    }
}
