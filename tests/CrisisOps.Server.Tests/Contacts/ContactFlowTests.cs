using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Contacts;

/// <summary>Whose contact is registered, kept and seen by whom.</summary>
public sealed class ContactFlowTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly object _desk = new { roles = new[] { "specialist" }, regions = new[] { "XN" }, clearance = "AMBER" };

    [Fact]
    public async Task A_colleague_keeps_their_own_contact_until_it_is_removed()
    {
        var (self, id, key) = await server.Colleague();

        await self.Gives(key, "change", new { language = "de-AT", tz = "Europe/Vienna" });
        (await self.Gives(key, "suspend", new { reason = "away" })).State.ShouldBe("Suspended");
        (await self.Gives(key, "reinstate")).State.ShouldBe("Active");

        var read = await self.Read(key);
        (read.GetProperty("kind").GetString(), read.GetProperty("ref").GetString(), read.GetProperty("language").GetString(), read.GetProperty("tz").GetString())
            .ShouldBe(("Person", id, "de-AT", "Europe/Vienna"));
        (await self.Listed("/v1/contacts?state=Active&limit=500")).ShouldContain(key);
        (await self.Timeline(key)).Select(TimelineCalls.Headline).ShouldContain($"Contact registered: {id} (Person)");
        (await self.Gives(key, "remove", new { reason = "left" })).State.ShouldBe("Removed");
        (await self.Give(key, "change", new { language = "fr" })).ShouldBeProblem(409, "illegal-transition");
        (await self.Register(id)).ShouldBe(201).Key.ShouldNotBe(key);
    }

    [Fact]
    public async Task Who_is_cleared_for_nothing_reads_and_keeps_their_own_contact_all_the_same()
    {
        var (self, _, key) = await server.Colleague(roles: ["analyst"], regions: ["XS"], clearance: "CLEAR");

        (await self.Read(key)).GetProperty("tlp").GetString().ShouldBe("AMBER");
        (await self.Listed("/v1/contacts")).ShouldBe([key]);
        await self.Gives(key, "change", new { language = "fr" });
    }

    [Fact]
    public async Task Somebody_elses_contact_is_not_there_for_a_specialist_and_not_theirs_for_an_executive()
    {
        var (_, _, key) = await server.Colleague();
        var specialist = await server.As("spec-77", clearance: "RED");
        var executive = await server.As("exec-01", roles: ["executive"], clearance: "RED");
        var before = await server.Database.Everything();

        (await specialist.Get($"/v1/contacts/{key}")).ShouldBeProblem(404, "not-found");
        (await specialist.Get($"/v1/timelines/{key}")).ShouldBeProblem(404, "not-found");
        (await specialist.Listed("/v1/contacts?limit=500")).ShouldNotContain(key);
        (await specialist.Give(key, "remove", new { reason = "left" })).ShouldBeProblem(404, "not-found");
        (await specialist.Register("lead-77")).ShouldBeProblem(403, "forbidden", guard: "own-contact");
        (await specialist.Register("desk-77", "Team", _desk)).ShouldBeProblem(403, "forbidden", guard: "own-contact");
        (await executive.Read(key)).EnumerateObject().Select(m => m.Name).ShouldBe(["key", "version", "state", "kind", "commands"], ignoreOrder: true);
        foreach (var (command, body) in new (string, object)[]
        {
            ("change", new { language = "fr" }), ("suspend", new { reason = "x" }), ("remove", new { reason = "x" }), ("register-address", new { channel = "Email", address = "me@team.example" }),
            ("remove-address", new { addressId = "AD-1" }), ("disable-address", new { addressId = "AD-1", reason = "x" }), ("enable-address", new { addressId = "AD-1" }),
            ("verify-address", new { addressId = "AD-1", how = "x" }),
        })
        {
            (await executive.Give(key, command, body)).ShouldBeProblem(403, "forbidden", guard: "own-contact");
        }

        (await executive.Get($"/v1/contacts/{key}/addresses")).ShouldBeProblem(403, "forbidden");
        (await (await server.As("hash-01", roles: ["partner"], clearance: "AMBER", partner: "PRT-1")).Get($"/v1/contacts/{key}")).ShouldBeProblem(404, "not-found");
        (await server.Database.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task Those_who_keep_contacts_see_them_all_and_suspend_one_that_can_not_take_itself_up_again()
    {
        var (self, _, key) = await server.Colleague();
        var lead = await server.Staff("lead-01", "duty-lead");
        foreach (var keeper in new[] { lead, await server.Staff("pm-01", "partner-manager"), await server.As("admin-02", roles: ["admin"], clearance: "AMBER") })
        {
            (await keeper.Read(key)).GetProperty("addresses").GetArrayLength().ShouldBe(0);
            (await keeper.Listed("/v1/contacts?limit=500")).ShouldContain(key);
        }

        await lead.Gives(key, "suspend", new { reason = "the account is in other hands" });
        (await self.Give(key, "reinstate")).ShouldBeProblem(403, "forbidden", guard: "own-suspension");
        await lead.Gives(key, "reinstate", new { note = "called back" });
    }

    [Fact]
    public async Task A_requester_is_kept_and_seen_by_who_answers_them()
    {
        var specialist = await server.As("spec-78", clearance: "AMBER");
        var key = (await specialist.Register($"CNT-{Guid.NewGuid()}", "Requester")).ShouldBe(201).Key;

        (await specialist.Read(key)).GetProperty("kind").GetString().ShouldBe("Requester");
        await (await server.As("press-78", roles: ["communications"], clearance: "AMBER")).Gives(key, "change", new { language = "fr" });
        await (await server.As("legal-78", roles: ["legal-counsel"], clearance: "AMBER")).Gives(key, "change", new { language = "de" });
        (await (await server.As("admin-02", roles: ["admin"], clearance: "AMBER")).Get($"/v1/contacts/{key}")).ShouldBeProblem(404, "not-found");
        (await specialist.Get($"/v1/contacts/{key}/addresses")).ShouldBeProblem(403, "forbidden");
        (await specialist.Register("jane@site.example", "Requester")).ShouldBeProblem(422, "guard-failed", guard: "ref-opaque");
    }

    [Fact]
    public async Task A_reference_stands_for_one_contact_also_at_the_same_instant()
    {
        var lead = await server.Staff("lead-01", "duty-lead");
        var id = ContactStories.NewPerson();

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => lead.Register(id)));

        all.Count(a => a.Status == 201).ShouldBe(1);
        all.Where(a => a.Status != 201).ShouldAllBe(a => a["guard"] == "contact-ref-unique");
        (await lead.Register(id, "Team", _desk)).ShouldBeProblem(422, "guard-failed", guard: "contact-ref-unique");
    }

    [Fact]
    public async Task What_a_team_reads_is_no_more_than_who_says_it()
    {
        var manager = await server.As("pm-05", roles: ["partner-manager"], clearance: "AMBER");
        var red = new { roles = new[] { "duty-lead" }, clearance = "RED" };
        (await manager.Register($"desk {ContactStories.NewPerson()}", "Team", red)).ShouldBeProblem(403, "tlp-denied", guard: "standing-clearance");
        (await manager.Register($"desk {ContactStories.NewPerson()}", "Team", new { roles = new[] { "system" } })).ShouldBeProblem(422, "guard-failed", guard: "standing-role");
        var key = (await manager.Register($"desk {ContactStories.NewPerson()}", "Team", _desk)).ShouldBe(201).Key;

        (await manager.Give(key, "change-standing", new { standing = red, reason = "more" })).ShouldBeProblem(403, "tlp-denied", guard: "standing-clearance");
        (await (await server.Staff("lead-01", "duty-lead")).Give(key, "change-standing", new { standing = red, reason = "more" })).ShouldBeProblem(403, "forbidden", guard: "role");
        await (await server.Staff("admin-03", "admin")).Gives(key, "change-standing", new { standing = red, reason = "leads the night" });
        (await manager.Read(key)).GetProperty("standing").GetProperty("clearance").GetString().ShouldBe("RED");
    }

    [Fact]
    public async Task Each_change_of_who_is_told_what_turns_the_book()
    {
        var (self, _, key) = await server.Colleague();
        var lead = await server.Staff("lead-01", "duty-lead");
        var manager = await server.Staff("pm-01", "partner-manager");
        async Task<bool> Turns(Func<Task> change)
        {
            var before = await server.Database.Scalar<long>("select version from crisis.book");
            await change();
            return await server.Database.Scalar<long>("select version from crisis.book") > before;
        }

        (await Turns(() => self.Gives(key, "change", new { language = "fr" }))).ShouldBeTrue();
        (await Turns(() => manager.Send(HttpMethod.Post, "/v1/partners", new { name = $"Partner {key}", type = "Helpline" }))).ShouldBeTrue();
        (await Turns(() => lead.Put("/v1/duty/Legal/XN", new { person = "legal-01" }))).ShouldBeTrue();
        (await Turns(() => server.Known("somebody", ["specialist"], ["XN"], "AMBER"))).ShouldBeTrue();
        (await Turns(() => lead.Raised())).ShouldBeFalse();
        (await Turns(() => self.Give(key, "change", new { language = "fr" }))).ShouldBeFalse();
    }
}
