using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

/// <summary>Somebody with psql writes into a stream between two commands; every command is decided on what is true then.</summary>
public sealed class OtherWriterTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_event_written_by_hand_counts_for_the_next_command()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        (await specialist.Note(key, "Held in the lane.")).ShouldBeAt(2);

        await WriteByHand(key, 3);

        (await specialist.Note(key, "On what I saw.", ifMatch: "\"2\"")).ShouldBeProblem(412, "version-conflict").Version.ShouldBe(3);
        (await specialist.Note(key, "On what is true.", ifMatch: "\"3\"")).ShouldBeAt(4);
        (await server.Database.Versions(key)).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task A_refusal_too_is_decided_on_what_is_true()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        (await specialist.Note(key, "Held in the lane.")).ShouldBeAt(2);

        await WriteByHand(key, 3, "escalation_voided", """{"reason":"Raised by mistake"}""");

        var refused = (await specialist.Note(key, "Too late.")).ShouldBeProblem(409, "illegal-transition", guard: "transition");
        refused["from"].ShouldBe("Voided");
        (await server.Database.Events(key)).ShouldBe(3);
    }

    [Fact]
    public async Task A_writer_by_hand_beside_many_posters_leaves_no_gap_and_fails_nobody()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();

        var posting = Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            List<Answer> answers = [];
            for (var n = 0; n < 10; n++)
            {
                answers.Add(await specialist.Note(key, $"Update {n} of {i}"));
            }

            return answers;
        }));
        for (var i = 0; i < 10; i++)
        {
            await WriteByHand(key, null);
        }

        (await posting).SelectMany(a => a).ShouldAllBe(a => a.Status == 200);
        (await server.Database.Versions(key)).ShouldBe(Enumerable.Range(1, 91).Select(v => (long)v));
    }

    [Fact]
    public async Task An_event_that_this_server_does_not_know_fails_its_stream_at_once_and_no_other()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        var neighbours = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => specialist.Raised()));

        await WriteByHand(key, 2, "of_a_newer_version", "{}");
        var failing = specialist.Note(key, "Nobody can say what this means.");
        var others = await Task.WhenAll(neighbours.Select(n => specialist.Note(n, "Business as usual.")));

        (await failing).ShouldBeProblem(500, "internal");
        (await specialist.Note(key, "Nor now.")).ShouldBeProblem(500, "internal");
        others.ShouldAllBe(a => a.Status == 200);
    }

    [Fact]
    public async Task What_the_database_refuses_fails_alone_and_stays_out_of_the_log()
    {
        const string marker = "the-name-of-a-victim";
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        await server.Database.Execute($"alter table crisis.mt_events add constraint no_marker check (data->>'text' not like '%{marker}%')");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => specialist.Note(key, i == 10 ? marker : $"Update {i}")));
        await specialist.Note(key, marker, ifMatch: "\"1\"");
        await specialist.Post(key, "post-note", new { text = marker + "\u202e" });
        await specialist.Post(key, "post-note", new { text = marker, unknown = marker });
        await (await server.As("outsider", regions: ["XS"])).Note(key, marker);

        answers[10].ShouldBeProblem(500, "internal");
        answers.Where((_, i) => i != 10).ShouldAllBe(a => a.Status == 200);
        (await server.Database.Events(key)).ShouldBe(20);
        server.Log.All.Where(text => text.Contains(marker, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>Appends the way psql would: the stream's row locked, no headers, no timeline.</summary>
    private async Task WriteByHand(string key, long? version, string type = "escalation_note_posted", string data = """{"text":"Written by hand","coreOnly":false}""") =>
        (await server.Database.Execute(
            """
            with moved as (
                update crisis.mt_streams set version = version + 1, timestamp = clock_timestamp() where id = $1 and ($2::bigint is null or version = $2 - 1) returning version)
            insert into crisis.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, user_name)
            select nextval('crisis.mt_events_sequence'), gen_random_uuid(), $1, version, $3::jsonb, $4, clock_timestamp(), '', 'dba' from moved
            """,
            key, version, data, type)).ShouldBe(1);
}
