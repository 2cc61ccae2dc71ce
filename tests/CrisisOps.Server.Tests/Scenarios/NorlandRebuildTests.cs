using CrisisOps.Server.Rebuilds;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>The whole weekend built anew from its events is what was written on the way.</summary>
[Collection(NorlandCollection.Name)]
public sealed class NorlandRebuildTests(NorlandStory story)
{
    [Fact]
    public async Task Every_read_model_of_the_weekend_follows_from_its_events()
    {
        var outcome = (await story.Node.Services.GetRequiredService<Rebuild>().Run(andSwitch: false, new Progress<(long, long)>(), TestContext.Current.CancellationToken)).ShouldNotBeNull();

        outcome.Differences.Where(d => !d.None).ShouldBeEmpty();
        outcome.Snapshots.ShouldBeEmpty();
        outcome.Streams.ShouldBe(await story.Database.Scalar<long>("select count(*) from crisis.mt_streams"));
    }
}
