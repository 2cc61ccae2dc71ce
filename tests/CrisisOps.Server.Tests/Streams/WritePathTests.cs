using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

public sealed class WritePathTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_raise_and_a_note_stand_in_the_store_and_on_the_timeline()
    {
        var specialist = await server.As("spec-04");

        var raised = (await specialist.Raise()).ShouldBe(201).ShouldBeAt(1);
        var noted = (await specialist.Note(raised.Key, "Third re-upload found.")).ShouldBeDone().ShouldBeAt(2);

        raised.Location!.ToString().ShouldBe($"/v1/escalations/{raised.Key}");
        noted.Key.ShouldBe(raised.Key);
        (await server.Database.Versions(raised.Key)).ShouldBe([1, 2]);
        (await server.Database.TimelineRows(raised.Key)).ShouldBe(2);
    }

    [Fact]
    public async Task A_process_of_its_own_serves_the_same_store()
    {
        await using var process = await ServerProcess.Start(server.Database.ConnectionString);
        var here = await server.As("spec-04");
        var there = await process.As("spec-05");
        var key = await here.Raised();

        (await there.Note(key, "Seen from another process.")).ShouldBeAt(2);
        (await here.Note(key, "And from this one.")).ShouldBeAt(3);
    }

    [Fact]
    public async Task Two_nodes_have_addresses_of_their_own_and_write_the_same_stream()
    {
        var other = await server.StartAnotherNode();
        var here = await server.As("spec-04");
        var there = await other.As("spec-05");
        var key = await here.Raised();

        (await there.Note(key, "From the other node.")).ShouldBeAt(2);
        (await here.Note(key, "From this one.")).ShouldBeAt(3);
        other.Url.ShouldNotBe(server.Node.Url);
    }
}
