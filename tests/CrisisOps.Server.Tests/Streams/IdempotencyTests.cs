using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

public sealed class IdempotencyTests(TestServer server) : IClassFixture<TestServer>
{
    private static string NewKey => Guid.NewGuid().ToString();

    [Fact]
    public async Task The_same_key_twice_is_one_event_and_the_same_answer()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        var idempotency = NewKey;

        var first = (await specialist.Note(key, "Once.", idempotencyKey: idempotency)).ShouldBeAt(2);
        (await specialist.Note(key, "Something else meanwhile.")).ShouldBeAt(3);
        var second = (await specialist.Note(key, "Once.", idempotencyKey: idempotency)).ShouldBeAt(2);

        second.Text.ShouldBe(first.Text);
        (await server.Database.Events(key)).ShouldBe(3);
        (await server.Database.TimelineRows(key)).ShouldBe(3);
    }

    [Fact]
    public async Task The_same_key_at_the_same_instant_is_one_event_and_the_same_answer()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();

        for (var round = 2; round <= 11; round++)
        {
            var idempotency = NewKey;
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => specialist.Note(key, "Once.", idempotencyKey: idempotency)));

            answers.Select(a => a.ShouldBeAt(round).Text).Distinct().ShouldHaveSingleItem();
        }

        (await server.Database.Versions(key)).ShouldBe(Enumerable.Range(1, 11).Select(v => (long)v));
    }

    [Fact]
    public async Task The_same_key_at_the_same_instant_on_two_nodes_is_one_event_and_the_same_answer()
    {
        var other = await server.StartAnotherNode();
        var here = await server.As("spec-04");
        var there = other.With(here.Token);
        var key = await here.Raised();

        for (var round = 2; round <= 11; round++)
        {
            var idempotency = NewKey;
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? here : there).Note(key, "Once.", idempotencyKey: idempotency)));

            answers.Select(a => a.ShouldBeAt(round).Text).Distinct().ShouldHaveSingleItem();
        }

        (await server.Database.Events(key)).ShouldBe(11);
        (await server.Database.TimelineRows(key)).ShouldBe(11);
    }

    [Fact]
    public async Task Opening_twice_with_the_same_key_opens_one_escalation_also_on_two_nodes()
    {
        var other = await server.StartAnotherNode();
        var here = await server.As("spec-04");
        var there = other.With(here.Token);
        var before = await server.Database.Scalar<long>("select count(*) from crisis.mt_streams");

        for (var round = 0; round < 10; round++)
        {
            var idempotency = NewKey;
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? here : there).Raise(idempotencyKey: idempotency)));

            answers.Select(a => a.ShouldBe(201).Text).Distinct().ShouldHaveSingleItem();
        }

        (await server.Database.Scalar<long>("select count(*) from crisis.mt_streams")).ShouldBe(before + 10);
    }

    [Fact]
    public async Task A_repeated_raise_with_an_external_reference_gets_its_first_answer_and_not_that_of_a_twin()
    {
        var specialist = await server.As("spec-04");
        var idempotency = NewKey;
        var report = new { externalRef = NewKey };

        var first = (await specialist.Raise(report, idempotency)).ShouldBe(201);
        var second = (await specialist.Raise(report, idempotency)).ShouldBe(201);
        var other = await specialist.Raise(new { report.externalRef, title = "Another text" }, idempotency);

        second.Text.ShouldBe(first.Text);
        other.ShouldBeProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_refused()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        var idempotency = NewKey;
        (await specialist.Note(key, "One text.", idempotencyKey: idempotency)).ShouldBeDone();

        var refused = await specialist.Note(key, "Another text.", idempotencyKey: idempotency);

        refused.ShouldBeProblem(422, "idempotency-key-reused");
        (await server.Database.Events(key)).ShouldBe(2);
    }

    [Fact]
    public async Task Another_body_under_the_same_key_at_the_same_instant_is_refused()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        var idempotency = NewKey;

        var answers = await Task.WhenAll(specialist.Note(key, "One text.", idempotencyKey: idempotency), specialist.Note(key, "Another text.", idempotencyKey: idempotency));

        answers.Count(a => a.Ok).ShouldBe(1);
        answers.Single(a => !a.Ok).ShouldBeProblem(422, "idempotency-key-reused");
        (await server.Database.Events(key)).ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_is_not_stored_so_the_same_key_may_succeed_later()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        var idempotency = NewKey;

        (await specialist.Note(key, "Right on time.", ifMatch: "\"2\"", idempotencyKey: idempotency)).ShouldBeProblem(412, "version-conflict");
        (await specialist.Note(key, "The one in between.")).ShouldBeAt(2);
        (await specialist.Note(key, "Right on time.", ifMatch: "\"2\"", idempotencyKey: idempotency)).ShouldBeAt(3);
        (await specialist.Note(key, "Right on time.", ifMatch: "\"2\"", idempotencyKey: idempotency)).ShouldBeAt(3);

        (await server.Database.Events(key)).ShouldBe(3);
    }

    [Fact]
    public async Task A_key_belongs_to_its_subject_and_its_route()
    {
        var one = await server.As("spec-04");
        var two = await server.As("spec-05");
        var key = await one.Raised();
        var second = await one.Raised();
        var idempotency = NewKey;

        (await one.Note(key, "Same text.", idempotencyKey: idempotency)).ShouldBeAt(2);
        (await two.Note(key, "Same text.", idempotencyKey: idempotency)).ShouldBeAt(3);
        (await one.Note(second, "Same text.", idempotencyKey: idempotency)).ShouldBeAt(2);
    }

    [Fact]
    public async Task A_route_written_differently_is_the_same_route()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        var idempotency = NewKey;

        (await specialist.Post(key, "post-note", new { text = "Once." }, idempotencyKey: idempotency)).ShouldBeAt(2);
        (await specialist.Post(key, "Post-Note/", new { text = "Once." }, idempotencyKey: idempotency)).ShouldBeAt(2);

        (await server.Database.Events(key)).ShouldBe(2);
    }

    [Fact]
    public async Task A_repeat_after_the_role_was_lost_is_refused_and_not_answered_from_the_store()
    {
        var key = await (await server.As("spec-04")).Raised();
        var before = await server.As("spec-07");
        var after = await server.As("spec-07", roles: ["executive"]);
        var idempotency = NewKey;
        (await before.Note(key, "With rights.", idempotencyKey: idempotency)).ShouldBeDone();

        (await after.Note(key, "With rights.", idempotencyKey: idempotency)).ShouldBeProblem(403, "forbidden", guard: "role");
    }

    [Fact]
    public async Task A_repeat_after_the_sight_was_lost_finds_nothing()
    {
        var key = await (await server.As("spec-04")).Raised();
        var before = await server.As("spec-07", regions: ["XN"]);
        var after = await server.As("spec-07", regions: ["XS"]);
        var idempotency = NewKey;
        (await before.Note(key, "With sight.", idempotencyKey: idempotency)).ShouldBeDone();

        (await after.Note(key, "With sight.", idempotencyKey: idempotency)).ShouldBeProblem(404, "not-found");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(256)]
    public async Task A_key_that_is_empty_or_too_long_is_refused_and_named(object value)
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        var before = await server.Database.Everything();

        var refused = await specialist.Note(key, "Text.", idempotencyKey: value as string ?? new string('k', (int)value));

        refused.ShouldBeProblem(422, "validation", member: "Idempotency-Key");
        (await server.Database.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task Two_keys_on_one_request_are_refused()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();

        var refused = await RawRequest.Send(
            server.Node.Url,
            $"""
            POST /v1/escalations/{key}/post-note HTTP/1.1
            Authorization: Bearer {specialist.Token}
            Content-Type: application/json
            Idempotency-Key: one
            Idempotency-Key: two
            Content-Length: 16
            """,
            """{"text":"Text."}"""u8.ToArray());

        refused.ShouldStartWith("HTTP/1.1 422");
        refused.ShouldContain("Idempotency-Key");
        (await server.Database.Events(key)).ShouldBe(1);
    }
}
