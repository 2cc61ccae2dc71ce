using System.Text.Json;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Search;

/// <summary>One search over all streams, in the text that the reader's audience has.</summary>
public sealed class SearchTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_case_is_found_by_its_key_its_content_and_its_reference_and_by_words_of_its_title_and_notes()
    {
        var region = StreamCalls.NewRegion();
        var specialist = await server.As("spec-04", regions: [region]);
        var reference = $"ref-{Guid.NewGuid():N}";
        var item = $"item-{Guid.NewGuid():N}";
        var word = $"w{Guid.NewGuid():N}";
        var key = await specialist.Raised(new { region = new[] { region }, externalRef = reference, contentRefs = new[] { new { itemId = item, itemType = "Video" } }, title = $"Copies of {word}" });
        (await specialist.Note(key, $"A {word}note was found")).ShouldBeDone();

        (await Found(specialist, key)).ShouldContain((key, "key"));
        (await Found(specialist, item)).ShouldContain((key, "contentId"));
        (await Found(specialist, reference)).ShouldContain((key, "externalRef"));
        (await Found(specialist, word)).ShouldContain((key, "entry"));
        (await Found(specialist, $"{word}note found")).ShouldContain((key, "entry"));
    }

    [Fact]
    public async Task What_was_indexed_and_what_was_not_yet_is_found_once_each()
    {
        var region = StreamCalls.NewRegion();
        var specialist = await server.As("spec-04", regions: [region]);
        var word = $"w{Guid.NewGuid():N}";
        var key = await specialist.Raised(new { region = new[] { region } });
        (await specialist.Note(key, $"first {word}")).ShouldBeDone();
        await Eventually.Is(async () => await server.Database.Scalar<long>("select count(*) from crisis.entry_words where stream = $1", key) == 2, "both entries are indexed");

        (await specialist.Note(key, $"second {word}")).ShouldBeDone();

        (await Found(specialist, word)).ShouldBe([(key, "entry"), (key, "entry")]);
    }

    [Fact]
    public async Task Nothing_is_found_that_the_reader_could_not_read()
    {
        var crisis = await server.StandUp();
        var word = $"w{Guid.NewGuid():N}";
        var name = $"n{Guid.NewGuid():N}";
        await crisis.Commander.Gives(crisis.Key, "mask-term", new { term = name });
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = $"The {word} of {name} is removed", audiences = new[] { new { audience = "CrossFunctional" } } });
        var near = await server.As("spec-77", regions: [crisis.Region], clearance: "AMBER+STRICT");
        var elsewhere = await server.As("spec-78", regions: [StreamCalls.NewRegion()], clearance: "RED");

        (await Found(crisis.Commander, name)).ShouldNotBeEmpty();
        (await Found(near, word)).ShouldHaveSingleItem().ShouldBe((crisis.Key, "entry"));
        (await Found(near, name)).ShouldBeEmpty();
        (await Found(elsewhere, word)).ShouldBeEmpty();
        (await Found(elsewhere, crisis.Key)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1/search", "q")]
    [InlineData("/v1/search?q=%20", "q")]
    [InlineData("/v1/search?q=a&limit=0", "limit")]
    [InlineData("/v1/search?q=a&sort=up", "sort")]
    public async Task A_search_without_words_or_with_a_slip_is_refused(string path, string member) =>
        (await (await server.As("spec-04")).Get(path)).ShouldBeProblem(422, "validation", member: member);

    private static async Task<(string Stream, string Found)[]> Found(Api reader, string words) =>
        [.. (await reader.Get($"/v1/search?q={Uri.EscapeDataString(words)}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Select(Of)];

    private static (string Stream, string Found) Of(JsonElement item) => (item.GetProperty("stream").GetString()!, item.GetProperty("found").GetString()!);
}
