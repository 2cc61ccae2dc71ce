using CrisisOps.Proof.Bundles;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Intake;
using Shouldly;

namespace CrisisOps.Server.Tests.History;

/// <summary>What a person has a right to have erased is gone from everywhere, and that it was there is still proven.</summary>
public sealed class ErasureTests(SigningServer server) : IClassFixture<SigningServer>
{
    /// <summary>Of each test its own: one of them erases nothing, and another looks for the name in every table.</summary>
    private readonly string _name = $"Mara Lind {Guid.NewGuid():N}";

    [Fact]
    public async Task An_erased_note_is_gone_from_every_table_and_its_proof_holds()
    {
        var (crisis, key, note) = await Over();
        (await crisis.Lead.Export(crisis.Key)).Text().ShouldContain(_name);
        var leaf = (await crisis.Lead.Export(crisis.Key)).Event(key, note).Split("\"leaf\":\"")[1][..64];

        await crisis.Lead.Gives(key, "erase-personal-data", Erase(note));

        var bundle = await crisis.Lead.Export(crisis.Key);
        bundle.ShouldBeProven().Withheld[LineWords.Erased].ShouldBe(1);
        bundle.Text().ShouldNotContain(_name);
        bundle.Event(key, note).ShouldSatisfyAllConditions(line => line.ShouldContain("\"withheld\":\"erased\""), line => line.ShouldContain(leaf));
        (await Tables(_name)).ShouldBeEmpty();
        (await crisis.Lead.Get($"/v1/timelines/{key}")).ShouldBe(200).Text.ShouldSatisfyAllConditions(text => text.ShouldNotContain(_name), text => text.ShouldContain("[erased]"));
        (await crisis.Lead.Get($"/v1/search?q={Uri.EscapeDataString(_name)}")).ShouldBe(200).Text.ShouldNotContain(key);
    }

    [Fact]
    public async Task Of_the_raise_the_title_the_allegation_and_the_contact_go_and_the_case_can_still_be_read_at_every_version()
    {
        var (crisis, key, _) = await Over(new { title = $"A threat against {_name}", allegation = $"{_name} is threatened", requester = new { contactRef = $"vault:{_name}" } });

        await crisis.Lead.Gives(key, "erase-personal-data", Erase(1));

        (await crisis.Lead.Export(crisis.Key)).ShouldBeProven().Withheld[LineWords.Erased].ShouldBe(1);
        var version = (await crisis.Lead.Read(key)).GetProperty("version").GetInt64();
        for (var v = 1; v <= version; v++)
        {
            (await crisis.Lead.Get($"{StreamCalls.Path(key)}?version={v}")).ShouldBe(200).Text.ShouldSatisfyAllConditions(text => text.ShouldNotContain($"against {_name}"), text => text.ShouldContain("[erased]"));
        }

        (await Tables($"against {_name}")).ShouldBeEmpty();
        (await Tables($"vault:{_name}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_list_finds_a_case_by_a_word_that_was_erased()
    {
        var word = $"lind{Guid.NewGuid():N}";
        var (crisis, key, _) = await Over(new { title = $"A threat against {word}", allegation = $"{word} is threatened" });
        (await crisis.Lead.Get($"/v1/escalations?q={word}")).ShouldBe(200).Text.ShouldContain(key);

        await crisis.Lead.Gives(key, "erase-personal-data", Erase(1));

        (await crisis.Lead.Get($"/v1/escalations?q={word}")).ShouldBe(200).Text.ShouldNotContain(key);
        (await crisis.Lead.Get($"/v1/escalations?q={key}")).ShouldBe(200).Text.ShouldContain(key);
        (await Tables(word)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_alert_that_raised_the_case_says_no_more_than_the_raise()
    {
        var feed = await server.Feed();
        var lead = await server.Staff("lead-81", "duty-lead");
        await server.Staff("legal-02", "legal-counsel");
        await feed.Sends(AlertCalls.Alert(title: $"A threat against {_name}").With("text", $"{_name} is threatened"));
        await Eventually.Is(async () => (await server.RaisedBy(feed)).Count == 1, "it raised a case");
        var key = (await server.RaisedBy(feed))[0];
        await lead.Gives(key, "void", new { reason = "raised by mistake" });
        await Hold(key, "none");

        await lead.Gives(key, "erase-personal-data", Erase(1));

        (await Tables(_name)).ShouldBeEmpty();
        var alert = (await lead.Get($"/v1/escalations/{key}/alerts")).ShouldBe(200).Json.GetProperty("items")[0].GetProperty("alert");
        (alert.GetProperty("title").GetString(), alert.GetProperty("text").GetString()).ShouldBe(("[erased]", "[erased]"));
    }

    [Fact]
    public async Task What_is_erased_before_it_is_chained_is_chained_without_its_salt()
    {
        var (crisis, key, note) = await Over(chained: false);

        await crisis.Lead.Gives(key, "erase-personal-data", Erase(note));

        await server.Database.Chained();
        (await server.Database.Scalar<bool>("select salt is null from crisis.history_leaves where stream = $1 and version = $2", key, note)).ShouldBeTrue();
        (await crisis.Lead.Export(crisis.Key)).ShouldSatisfyAllConditions(b => b.ShouldBeProven().Withheld[LineWords.Erased].ShouldBe(1), b => b.Text().ShouldNotContain(_name));
    }

    [Fact]
    public async Task Under_a_legal_hold_without_counsel_or_while_the_case_is_open_nothing_is_erased()
    {
        var (crisis, key, note) = await Over();
        await Hold(key, "placed");
        (await crisis.Lead.Give(key, "erase-personal-data", Erase(note))).ShouldBeProblem(422, "guard-failed", guard: "legal-hold");
        await Hold(key, "none");
        (await crisis.Lead.Give(key, "erase-personal-data", new { entry = note, ground = "ConsentWithdrawn", reason = "asked" })).ShouldBeProblem(422, "guard-failed", guard: "counsel-agrees");
        (await crisis.Lead.Give(key, "erase-personal-data", new { entry = note, ground = "Whim", reason = "asked" })).ShouldBeProblem(422, "validation", member: "ground");
        (await (await server.As("spec-77", regions: [crisis.Region], clearance: "RED")).Give(key, "erase-personal-data", Erase(note))).ShouldBeProblem(403, "forbidden");
        var open = await crisis.Lead.Raised(new { region = new[] { crisis.Region } });
        await Hold(open, "none");
        (await crisis.Lead.Give(open, "erase-personal-data", Erase(1))).ShouldBeProblem(409, "illegal-transition");

        (await crisis.Lead.Export(crisis.Key)).ShouldSatisfyAllConditions(b => b.ShouldBeProven().Withheld.ShouldBeEmpty(), b => b.Text().ShouldContain(_name));
    }

    [Fact]
    public async Task Legal_counsel_says_which_cases_are_under_a_hold_and_no_other_fact()
    {
        var (crisis, key, note) = await Over();
        await Hold(key, "placed");
        var counsel = await server.As("legal-02", roles: ["legal-counsel"]);
        (await crisis.Lead.Give(key, "erase-personal-data", Erase(note))).ShouldBeProblem(422, "guard-failed", guard: "legal-hold").Text.ShouldContain("legal counsel, a duty lead or an admin says so");

        (await counsel.Put($"/v1/directory/facts/legal-hold/{key}", new { value = "none" })).ShouldBe(200);

        await crisis.Lead.Gives(key, "erase-personal-data", Erase(note));
        (await counsel.Put("/v1/directory/facts/statement-of-reasons/DEC-1", new { value = "sent" })).ShouldBeProblem(403, "forbidden").Text.ShouldContain("admin, duty-lead.");
        (await (await server.As("spec-77")).Put($"/v1/directory/facts/legal-hold/{key}", new { value = "none" })).ShouldBeProblem(403, "forbidden").Text.ShouldContain("admin, duty-lead, legal-counsel.");
    }

    /// <summary>A case of a crisis that is over, with a note that names somebody.</summary>
    private async Task<(CrisisStories.Crisis Crisis, string Key, long Note)> Over(object? report = null, bool chained = true)
    {
        var crisis = await server.StandUp();
        await server.Staff("legal-02", "legal-counsel");
        var key = await crisis.Lead.Raised(report is null ? new { region = new[] { crisis.Region } } : report);
        await crisis.Lead.Gives(key, "link-to-crisis", new { crisisKey = crisis.Key });
        var note = (await crisis.Lead.Gives(key, "post-note", new { text = $"{_name} called again." })).Version;
        await crisis.Lead.Gives(key, "void", new { reason = "raised by mistake" });
        await Hold(key, "none");
        if (chained)
        {
            await server.Database.RulesHeard();
            await server.Database.Chained();
        }

        return (crisis, key, note);
    }

    private static object Erase(long entry) => new { entry, ground = "ConsentWithdrawn", reason = "the person who is named asked for it", counsel = "legal-02" };

    private async Task Hold(string key, string value) => (await (await server.As("admin-01", roles: ["admin"])).Put($"/v1/directory/facts/legal-hold/{key}", new { value })).ShouldBe(200);

    /// <summary>Tables of ours in which a text stands anywhere.</summary>
    private async Task<List<string>> Tables(string text)
    {
        List<string> found = [];
        foreach (var table in await server.Database.Column<string>("select table_name::text from information_schema.tables where table_schema = 'crisis' and table_type = 'BASE TABLE'"))
        {
            if (await server.Database.Scalar<bool>($"select exists (select 1 from crisis.{table} t where strpos(t::text, $1) > 0)", text))
            {
                found.Add(table);
            }
        }

        return found;
    }
}
