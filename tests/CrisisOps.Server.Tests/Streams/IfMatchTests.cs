using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

public sealed class IfMatchTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_current_version_passes_and_a_stale_one_is_told_the_current_one()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();

        (await specialist.Note(key, "On what I saw.", ifMatch: "\"1\"")).ShouldBeAt(2);
        var stale = (await specialist.Note(key, "On what I saw.", ifMatch: "\"1\"")).ShouldBeProblem(412, "version-conflict");

        stale.Version.ShouldBe(2);
        stale.ETag.ShouldBe("\"2\"");
        stale["stream"].ShouldBe(key);
        (await server.Database.Events(key)).ShouldBe(2);
    }

    [Fact]
    public async Task A_version_that_is_still_to_come_does_not_match()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();

        (await specialist.Note(key, "From the future.", ifMatch: "\"9223372036854775807\"")).ShouldBeProblem(412, "version-conflict").Version.ShouldBe(1);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"+1\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"1.0\"")]
    [InlineData("\"0x1\"")]
    [InlineData("\"one\"")]
    [InlineData("W/\"1\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"99999999999999999999\"")]
    [InlineData("\"")]
    [InlineData("*")]
    [InlineData("")]
    public async Task A_malformed_If_Match_is_refused_and_named(string value)
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();

        (await specialist.Note(key, "Text.", ifMatch: value)).ShouldBeProblem(422, "validation", member: "If-Match");

        (await server.Database.Events(key)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_If_Match_headers_are_refused_and_not_ignored()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();

        var refused = await specialist.Send(HttpMethod.Post, $"/v1/escalations/{key}/post-note", Api.Content(new { text = "Text." }), request =>
            request.Headers.TryAddWithoutValidation("If-Match", ["\"7\"", "\"8\""]));

        refused.ShouldBeProblem(422, "validation", member: "If-Match");
        (await server.Database.Events(key)).ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_with_the_same_version_at_the_same_instant_one_passes()
    {
        var other = await server.StartAnotherNode();
        var here = await server.As("spec-04");
        var there = other.With(here.Token);
        var key = await here.Raised();

        for (var version = 1; version <= 5; version++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? here : there).Note(key, $"Try {i}", ifMatch: $"\"{version}\"")));

            answers.Count(a => a.Ok).ShouldBe(1);
            foreach (var refused in answers.Where(a => !a.Ok))
            {
                refused.ShouldBeProblem(412, "version-conflict").Version.ShouldBe(version + 1);
            }
        }

        (await server.Database.Versions(key)).ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public async Task A_caller_without_sight_learns_no_version()
    {
        var key = await (await server.As("spec-04")).Raised();
        var elsewhere = await server.As("spec-09", regions: ["XS"]);

        (await elsewhere.Note(key, "Text.", ifMatch: "\"7\"")).ShouldBeProblem(404, "not-found").ETag.ShouldBeNull();
    }
}
