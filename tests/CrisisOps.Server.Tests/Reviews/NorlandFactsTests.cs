using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Scenarios;
using Shouldly;

namespace CrisisOps.Server.Tests.Reviews;

[Collection(NorlandCollection.Name)]
public sealed class NorlandFactsTests(NorlandStory story)
{
    [Fact]
    public async Task Dump()
    {
        var lead = await story.Person("duty-lead-01");
        foreach (var who in (string[])["duty-lead-01", "ic-01", "spec-09", "pio-01"])
        {
            var answer = await (await story.Person(who)).Get("/v1/reviews/PIR-2027-0007/facts");
            await File.WriteAllTextAsync($"/tmp/k3facts-{who}.json", answer.Status + answer.Text, TestContext.Current.CancellationToken);
        }
        var ex = await story.As("exec-01", roles: ["executive"], regions: ["XN"], clearance: "AMBER+STRICT");
        await File.WriteAllTextAsync("/tmp/k3facts-exec.json", (await ex.Get("/v1/reviews/PIR-2027-0007/facts")).Text, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync("/tmp/k3pir.json", (await lead.Get("/v1/reviews/PIR-2027-0007")).Text, TestContext.Current.CancellationToken);
    }
}
