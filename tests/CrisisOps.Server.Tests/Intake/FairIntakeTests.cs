using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>A source that floods takes its own time and nobody else's.</summary>
public sealed class FairIntakeTests(TestServer server) : IClassFixture<TestServer>
{
    private const int Singles = 20;
    private const int Senders = 4;

    [Fact]
    public async Task While_one_source_floods_the_alerts_of_another_are_answered_and_on_the_timeline()
    {
        var (flood, other) = (await server.Feed(new { ratePerMinute = 10_000 }), await server.Feed());
        var specialist = await server.As("spec-04", regions: [other.Region]);

        var flooding = flood.Bulk(Enumerable.Range(0, 10_000).Select(n => Alert($"flood-{n % 1_000}").Line()));
        await Eventually.Is(async () => await server.Stored(flood) > 0, "the flood is on its way");
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
        {
            for (var n = sender; n < Singles; n += Senders)
            {
                var receipt = await other.Sends(Alert($"single-{n}"));
                (await specialist.Timeline((await server.CaseOf(receipt)).ShouldNotBeNull())).ShouldNotBeEmpty();
            }
        }));

        flooding.IsCompleted.ShouldBeFalse("the flood goes on when all of them are answered");
        (await flooding).Count(a => a.TryGetProperty("receipt", out _)).ShouldBe(10_000);
        (await server.Stored(flood)).ShouldBe(10_000);
        (await server.RaisedBy(flood)).Count.ShouldBe(1_000);
        (await server.RaisedBy(other)).Count.ShouldBe(Singles);
    }
}
