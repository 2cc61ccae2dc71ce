using Shouldly;

namespace CrisisOps.Server.Tests.Problems;

/// <summary>Keys, paths and methods that lead nowhere, and callers who may not.</summary>
public sealed class BadAddressTests(Untouched server) : IClassFixture<Untouched>
{
    // The web server itself cuts off a path with a NUL, before anything of ours can answer.
    private const string WithNul = "ESC-2027-000001%00";

    public static TheoryData<string> Keys => new(
        "ESC-2027-999999", "ESC-0", "ESC-", "-", "esc-2027-000001", "CR-2027-0001", "XX-1", "1", "ESC-2027-000001'; drop table crisis.timeline; --", WithNul,
        "%27%20or%201=1", "ESC-%F0%9F%92%A5", "ESC-%ff%fe", "ESC-%E2%80%AE1", "ESC-1%0A2", "ESC-" + new string('9', 3000), "null", "ESC-2027-000001%252F..");

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_command_on_a_key_that_does_not_exist_finds_nothing(string key)
    {
        var answer = await server.WritesNothing(_ => server.Specialist.Note(key, "Text.", idempotencyKey: Guid.NewGuid().ToString()));

        if (key == WithNul)
        {
            answer.Status.ShouldBe(400);
        }
        else
        {
            answer.ShouldBeProblem(404, "not-found");
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_read_of_a_key_that_does_not_exist_finds_nothing(string key)
    {
        var answer = await server.WritesNothing(_ => server.Specialist.Get($"/v1/escalations/{key}"));

        answer.Status.ShouldBe(key == WithNul ? 400 : 404);
    }

    [Fact]
    public async Task A_bulk_with_keys_that_are_none_costs_nobody_else_anything()
    {
        var key = await server.Key();

        var notes = Task.WhenAll(Enumerable.Range(0, 20).Select(i => server.Specialist.Note(key, $"Update {i}")));
        var bulk = await server.Specialist.Send(HttpMethod.Post, "/v1/escalations/bulk", """{"command":"post-note","keys":["ESC-","ESC-1\u202e",""],"body":{"text":"a"}}""");

        (await notes).ShouldAllBe(a => a.Status == 200);
        bulk.ShouldBe(200).Json.GetProperty("outcomes").EnumerateArray().Select(o => o.GetProperty("status").GetInt32()).ShouldAllBe(s => s == 404);
    }

    [Theory]
    [InlineData("GET", "/v1/escalations/{key}/post-note", 405)]
    [InlineData("PUT", "/v1/escalations/{key}/post-note", 405)]
    [InlineData("DELETE", "/v1/escalations/{key}", 405)]
    [InlineData("PATCH", "/v1/escalations/{key}", 405)]
    [InlineData("POST", "/v1/escalations/{key}/no-such-command", 404)]
    [InlineData("POST", "/v1/escalations/{key}/post-note/more", 404)]
    [InlineData("GET", "/v2/escalations", 404)]
    [InlineData("GET", "/.env", 404)]
    public async Task A_wrong_method_or_path_is_a_problem_too(string method, string path, int status)
    {
        var answer = await server.WritesNothing(key => server.Specialist.Send(new HttpMethod(method), path.Replace("{key}", key, StringComparison.Ordinal)));

        answer.ShouldBeProblem(status, status == 405 ? "method-not-allowed" : "not-found");
    }

    [Theory]
    [InlineData("executive")]
    [InlineData("analyst")]
    public async Task A_reader_may_not_write_and_is_told_who_may(string role)
    {
        var reader = await server.As("reader-1", roles: [role]);

        var refused = (await server.WritesNothing(key => reader.Note(key, "May I?"))).ShouldBeProblem(403, "forbidden", guard: "role");

        refused["detail"].ShouldNotBeNull().ShouldContain("specialist");
        (await server.WritesNothing(_ => reader.Raise())).ShouldBeProblem(403, "forbidden", guard: "role");
    }

    [Fact]
    public async Task Nobody_writes_above_their_own_clearance()
    {
        (await server.WritesNothing(key => server.Specialist.Post(key, "post-note", new { text = "Text.", tlp = "RED" }))).ShouldBeProblem(403, "tlp-denied");
        (await server.WritesNothing(_ => server.Specialist.Raise(new { tlp = "RED" }))).ShouldBeProblem(403, "tlp-denied");
    }

    [Fact]
    public async Task What_is_out_of_sight_looks_like_what_is_not_there()
    {
        var key = await server.Key();
        var elsewhere = await server.As("spec-09", regions: ["XS"]);

        var hidden = await elsewhere.Note(key, "Text.");
        var missing = await elsewhere.Note("ESC-2027-999999", "Text.");

        hidden.ShouldBeProblem(404, "not-found").Text.ShouldBe(missing.ShouldBeProblem(404, "not-found").Text);
    }
}
