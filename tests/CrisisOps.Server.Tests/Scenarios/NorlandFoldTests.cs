using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Recommendations;
using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>Every stream of the story, folded anew from its events, is what the write path holds.</summary>
[Collection(NorlandCollection.Name)]
public sealed class NorlandFoldTests(NorlandStory story)
{
    [Fact]
    public async Task Folded_anew_every_stream_is_what_is_served()
    {
        var services = story.Node.Services;
        var kinds = services.GetRequiredService<StreamKinds>();
        await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
        string[] keys = [.. story.Events.Select(e => e.Stream).Distinct()];
        var served = await services.GetRequiredService<StreamLoader>().Load(keys, TestContext.Current.CancellationToken);
        keys.Length.ShouldBe(11);

        foreach (var key in keys)
        {
            var kind = kinds.Of(key);
            var events = await session.Events.FetchStreamAsync(key, token: TestContext.Current.CancellationToken);
            var folded = events.Aggregate(kind.None(key), (state, e) => kind.Fold(state, e.Data, EventStamps.Of(e)));
            var live = Text(served[key].State);

            Text(folded).ShouldBe(live, key);
            Text(await Aggregated(session, key)).ShouldBe(live, key);
            served[key].Version.ShouldBe(events.Count);
        }
    }

    [Fact]
    public async Task Folded_anew_a_card_is_what_a_reader_gets()
    {
        var kinds = story.Node.Services.GetRequiredService<StreamKinds>();
        var reader = await story.Person("ic-01");
        await using var session = story.Node.Services.GetRequiredService<IDocumentStore>().QuerySession();

        foreach (var key in (string[])[NorlandRows.CR7, NorlandRows.EL1])
        {
            var kind = (CardStream)kinds.Of(key);
            var answer = System.Text.Json.Nodes.JsonNode.Parse((await reader.Get($"/v1/{kind.Plural}/{key}")).ShouldBeDone().Text)!.AsObject();
            answer.Remove("commands");

            var view = kind.View(await Aggregated(session, key), Domain.Shared.Audience.Core);

            System.Text.Json.Nodes.JsonNode.DeepEquals(answer, System.Text.Json.Nodes.JsonNode.Parse(view.ToJsonString(Json.Stored))).ShouldBeTrue(key);
        }
    }

    private static async Task<object> Aggregated(IQuerySession session, string key)
    {
        var cancellation = TestContext.Current.CancellationToken;
        return (key.Split('-')[0] switch
        {
            "ESC" => await session.Events.AggregateStreamAsync<Escalation>(key, token: cancellation),
            "CR" => await session.Events.AggregateStreamAsync<Crisis>(key, token: cancellation),
            "EL" => await session.Events.AggregateStreamAsync<ElectionEvent>(key, token: cancellation),
            "PIR" => await session.Events.AggregateStreamAsync<PostIncidentReview>(key, token: cancellation),
            "IMP" => (object?)await session.Events.AggregateStreamAsync<ImprovementRecommendation>(key, token: cancellation),
            _ => null,
        })!;
    }

    private static string Text(object state) => JsonSerializer.Serialize(state, state.GetType(), Json.Stored);
}
