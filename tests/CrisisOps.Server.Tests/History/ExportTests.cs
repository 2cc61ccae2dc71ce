using CrisisOps.Proof.Bundles;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.History;

/// <summary>What is in the bundle of a crisis, for whom, and that it proves itself.</summary>
public sealed class ExportTests(SigningServer server) : IClassFixture<SigningServer>
{
    [Fact]
    public async Task A_crisis_with_its_cases_and_deliveries_is_proven_by_itself()
    {
        var crisis = await server.StandUp();
        var specialist = await server.As("spec-77", regions: [crisis.Region], clearance: "AMBER");
        var linked = await specialist.Raised(new { region = new[] { crisis.Region } });
        await crisis.Lead.Gives(linked, "link-to-crisis", new { crisisKey = crisis.Key });
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => specialist.Note(linked, $"Note {i} with \"quotes\", ü and \\ in it")));
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Video down." });
        await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { "VideoHub Alliance" }, headline = "Attack", text = "Match these." });
        await server.Database.RulesHeard();

        var bundle = await crisis.Commander.Export(crisis.Key);

        var facts = bundle.ShouldBeProven(await crisis.Commander.HistoryKeys());
        facts.Header!.Crisis.ShouldBe(crisis.Key);
        facts.Header.ExportedBy.ShouldBe("ic-01");
        facts.Streams.Keys.ShouldContain(crisis.Key);
        facts.Timeline.ShouldBeGreaterThan(20);
        (await server.Database.Scalar<long>("select version from crisis.mt_streams where id = $1", crisis.Key)).ShouldBe(facts.Streams[crisis.Key]);
        bundle.Event(crisis.Key, facts.Streams[crisis.Key]).ShouldContain("\"data\":{");
    }

    [Fact]
    public async Task What_was_just_posted_is_in_it()
    {
        var crisis = await server.StandUp();
        for (var i = 0; i < 5; i++)
        {
            var at = (await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = $"Condition {i}" })).Version;
            (await crisis.Commander.Export(crisis.Key)).ShouldBeProven().Streams[crisis.Key].ShouldBeGreaterThanOrEqualTo(at);
        }
    }

    [Fact]
    public async Task A_redacted_entry_goes_out_without_its_words_and_its_proof_holds()
    {
        var crisis = await server.StandUp();
        var update = await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "The victim is Mara Lind." });
        (await crisis.Commander.Export(crisis.Key)).Text().ShouldContain("Mara Lind");
        await crisis.Commander.Gives(crisis.Key, "redact-entry", new { entry = update.Version, reason = "names a victim" });

        var bundle = await crisis.Commander.Export(crisis.Key);

        bundle.ShouldBeProven().Withheld[LineWords.Redacted].ShouldBe(1);
        bundle.Text().ShouldNotContain("Mara Lind");
        bundle.Event(crisis.Key, update.Version).ShouldSatisfyAllConditions(line => line.ShouldContain("\"withheld\":\"redacted\""), line => line.ShouldNotContain("salt"));
    }

    [Fact]
    public async Task What_is_more_secret_than_its_reader_may_read_goes_out_without_its_words()
    {
        var crisis = await server.StandUp();
        var secret = await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "The informant is safe.", tlp = "RED", audiences = new[] { new { audience = "Core" } } });
        var near = await server.As("lead-07", roles: ["duty-lead"], regions: [crisis.Region], clearance: "AMBER");

        var theirs = await near.Export(crisis.Key);

        theirs.ShouldBeProven().Withheld[LineWords.Secret].ShouldBeGreaterThanOrEqualTo(1);
        theirs.Text().ShouldNotContain("informant");
        theirs.Event(crisis.Key, secret.Version).ShouldContain("\"withheld\":\"secret\"");
        (await crisis.Commander.Export(crisis.Key)).ShouldSatisfyAllConditions(b => b.ShouldBeProven(), b => b.Text().ShouldContain("informant"));
    }

    [Fact]
    public async Task A_linked_case_that_its_reader_may_not_see_is_left_out_whole()
    {
        var crisis = await server.StandUp();
        var far = StreamCalls.NewRegion();
        var hidden = await (await server.As("spec-88", regions: [far], clearance: "AMBER")).Raised(new { region = new[] { far }, title = "Far away" });
        await crisis.Lead.Gives(hidden, "link-to-crisis", new { crisisKey = crisis.Key });
        await server.Database.RulesHeard();

        var theirs = await (await server.As("lead-08", roles: ["duty-lead"], regions: [crisis.Region], clearance: "AMBER")).Export(crisis.Key);
        var whole = await crisis.Lead.Export(crisis.Key);

        theirs.ShouldBeProven().Streams.Keys.ShouldNotContain(hidden);
        theirs.Lines().Where(l => !l.StartsWith("{\"kind\":\"event\"", StringComparison.Ordinal)).ShouldAllBe(l => !l.Contains("Far away"));
        whole.ShouldBeProven().Streams.Keys.ShouldContain(hidden);
    }

    [Fact]
    public async Task Who_does_not_read_all_of_a_crisis_exports_nothing()
    {
        var crisis = await server.StandUp();
        var path = $"/v1/crises/{crisis.Key}/export";

        (await (await server.As("spec-77", regions: [crisis.Region])).Get(path)).ShouldBeProblem(403, "forbidden");
        (await (await server.As("exec-01", roles: ["executive"], regions: ["*"], clearance: "AMBER")).Get(path)).ShouldBeProblem(403, "forbidden");
        (await (await server.As("outsider", regions: ["XQ"])).Get(path)).ShouldBeProblem(404, "not-found");
        (await (await server.As("partner", roles: ["partner"], partner: "PRT-001")).Get(path)).ShouldBeProblem(404, "not-found");
        (await server.Node.With(null).Get(path)).ShouldBeProblem(401, "unauthenticated");
        (await crisis.Commander.Get("/v1/crises/CR-2027-9999/export")).ShouldBeProblem(404, "not-found");
        (await crisis.Commander.Get("/v1/crises/ESC-2027-000001/export")).ShouldBeProblem(404, "not-found");
        (await crisis.Commander.Get($"{path}?format=xml")).ShouldBeProblem(422, "validation", member: "format");
        (await crisis.Commander.Get($"{path}?asof=now")).ShouldBeProblem(422, "validation", member: "asof");
        (await crisis.Commander.Get($"{path}?format=ndjson")).ShouldBe(200);
    }
}
