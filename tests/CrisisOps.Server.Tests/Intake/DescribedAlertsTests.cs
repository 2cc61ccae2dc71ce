using CrisisOps.Server.Reference;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>What the reference shows of the intake is taken as it stands.</summary>
public sealed class DescribedAlertsTests(TestServer server) : IClassFixture<TestServer>
{
    public static TheoryData<string, string> Bodies => [.. RouteDescription.Discover().SelectMany(r => r.Bodies, (r, body) => new TheoryDataRow<string, string>(r.Path, body.MediaType))];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Every_example_of_an_alert_is_kept_and_marked_with_nothing(string path, string mediaType)
    {
        var feed = await server.Feed(region: "XN");
        var route = RouteDescription.Discover().Single(r => r.Path == path && r.Bodies.Count > 0);
        var example = route.Bodies.Single(b => b.MediaType == mediaType).Example.Replace("abcdefghijklmnopqrstuvwxyz012345", feed.ApiKey, StringComparison.Ordinal);

        (await feed.Send(path, example, mediaType)).ShouldBe(route.Status);

        var marks = await server.Database.Column<string>("select coalesce(body::jsonb ->> 'marks', '[]') from crisis.alerts where source = $1", feed.Source);
        marks.ShouldNotBeEmpty();
        marks.ShouldAllBe(m => m == "[]" || m.StartsWith("[\"The time of the source lies ahead"));
    }

    [Fact]
    public async Task The_rules_of_the_reference_are_taken_and_tried()
    {
        var admin = await server.As("admin-01", roles: ["admin"]);
        var (put, trial) = (Of(HttpMethod.Put, "/v1/intake/rules"), Of(HttpMethod.Post, "/v1/intake/rules/dry-run"));

        (await admin.Put(put.Path, put.Body!.Value.Example)).ShouldBe(200);
        (await admin.Send(trial.Method, trial.Path, trial.Body!.Value.Example)).ShouldBe(200);
    }

    private static RouteDescription Of(HttpMethod method, string path) => RouteDescription.Discover().Single(r => r.Method == method && r.Path == path);
}
