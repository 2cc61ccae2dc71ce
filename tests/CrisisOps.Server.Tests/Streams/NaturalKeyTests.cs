using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

public sealed class NaturalKeyTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_second_report_of_the_same_reference_gets_the_key_of_the_first()
    {
        var specialist = await server.As("spec-04");
        var reference = NewReference;

        var first = (await specialist.Raise(new { externalRef = reference })).ShouldBe(201);
        var second = (await specialist.Raise(new { externalRef = reference, title = "The same in other words" })).ShouldBe(200);

        second.Key.ShouldBe(first.Key);
        second.ShouldBeAt(1);
        second.Location.ShouldBeNull();
        (await server.Database.Events(first.Key)).ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reports_of_the_same_reference_at_the_same_instant_open_one_escalation(bool onTwoNodes)
    {
        var here = await server.As("spec-04");
        var there = onTwoNodes ? (await server.StartAnotherNode()).With(here.Token) : here;

        for (var round = 0; round < 10; round++)
        {
            var reference = NewReference;
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? here : there).Raise(new { externalRef = reference })));

            answers.ShouldAllBe(a => a.Ok);
            answers.Select(a => a.Key).Distinct().ShouldHaveSingleItem();
            answers.Count(a => a.Status == 201).ShouldBe(1);
            (await server.Database.Scalar<long>("select count(*) from crisis.mt_events where data->>'externalRef' = $1", reference)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Another_source_with_the_same_reference_is_another_report()
    {
        var specialist = await server.As("spec-04");
        var reference = NewReference;

        var one = await specialist.Raised(new { externalRef = reference, source = "UserReport" });
        var two = await specialist.Raised(new { externalRef = reference, source = "Press" });

        two.ShouldNotBe(one);
    }

    [Fact]
    public async Task The_same_reference_of_two_partners_names_two_reports()
    {
        var one = await server.As("system-a", roles: ["partner"], partner: "PA-1");
        var two = await server.As("system-b", roles: ["partner"], partner: "PA-2");
        var report = new { externalRef = NewReference, source = "TrustedPartner" };

        var first = await one.Raised(report);
        var second = await two.Raised(report);
        var again = (await one.Raise(report)).ShouldBe(200);

        second.ShouldNotBe(first);
        again.Key.ShouldBe(first);
    }

    [Fact]
    public async Task A_caller_who_may_not_see_the_first_report_learns_no_key()
    {
        var reference = NewReference;
        var key = await (await server.As("spec-04")).Raised(new { externalRef = reference });
        var elsewhere = await server.As("spec-09", regions: ["XS"]);
        var uncleared = await server.As("spec-08", clearance: "CLEAR");
        var before = await server.Database.Everything();

        foreach (var caller in (Api[])[elsewhere, uncleared])
        {
            var refused = await caller.Raise(new { externalRef = reference, region = new[] { "XS" }, tlp = "CLEAR" });

            refused.ShouldBeProblem(422, "guard-failed", guard: "external-reference-unique");
            refused.Text.ShouldNotContain(key);
            refused.ETag.ShouldBeNull();
        }

        (await server.Database.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task A_role_that_may_not_raise_learns_nothing_of_a_reference()
    {
        var reference = NewReference;
        await (await server.As("spec-04")).Raised(new { externalRef = reference });
        var analyst = await server.As("analyst-1", roles: ["analyst"]);

        (await analyst.Raise(new { externalRef = reference })).ShouldBeProblem(403, "forbidden", guard: "role");
        (await analyst.Raise(new { externalRef = NewReference })).ShouldBeProblem(403, "forbidden", guard: "role");
    }

    private static string NewReference => $"REF-{Guid.NewGuid():N}";
}
