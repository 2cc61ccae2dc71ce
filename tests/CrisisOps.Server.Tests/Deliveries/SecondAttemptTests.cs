using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>A node whose lease runs out while its attempt is on its way is overtaken by another: both attempts were made, and both stand on the record.</summary>
public sealed class SecondAttemptTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    [Theory]
    [InlineData(500, 204, "1 Failed 500", "2 Delivered 204")]
    [InlineData(204, 500, "1 Delivered 204", "2 Failed 500")]
    [InlineData(204, 204, "1 Delivered 204", "2 Delivered 204")]
    public async Task Both_attempts_are_listed_and_that_it_arrived_is_known(int first, int second, params string[] listed)
    {
        await server.StartAnotherNode();
        var (key, name, path) = await server.Reachable();
        var (one, two) = await OnTheirWay(name, path);

        one.SetResult(first);
        await Listed(path, 1);
        two.SetResult(second);
        var attempts = await Listed(path, 2);

        attempts.ShouldBe(listed);
        (await server.Delivery($"recipient={key}&kind=Alert", "Delivered")).GetProperty("attempts").GetInt32().ShouldBe(2);
        var lead = await server.As("lead-01", roles: ["duty-lead"], clearance: "RED");
        (await lead.Get($"/v1/knowledge/{key}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Count(k => k.GetProperty("kind").GetString() == "Alert").ShouldBe(1);
    }

    [Fact]
    public async Task Who_comes_too_late_with_a_failure_neither_counts_for_the_schedule_nor_frees_what_is_on_its_way()
    {
        var (key, name, path) = await server.Reachable();
        var (one, two) = await OnTheirWay(name, path);

        one.SetResult(500);
        await Listed(path, 1);

        // Still the second one's: it is sent by nobody else meanwhile.
        (await server.Database.Scalar<bool>("select leased_until > clock_timestamp() from crisis.deliveries where recipient = $1 and kind = 'Alert'", key)).ShouldBeTrue();
        server.Receiver.Rest(path).ShouldBeEmpty();
        two.SetResult(204);
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
    }

    /// <summary>The same message on its way twice, as after a lease that ran out; each is answered with what it is given.</summary>
    private async Task<(TaskCompletionSource<int> One, TaskCompletionSource<int> Two)> OnTheirWay(string name, string path)
    {
        TaskCompletionSource<int>[] answers = [new(), new()];
        var came = 0;
        server.Receiver.On(path, async http => http.Response.StatusCode = await answers[Interlocked.Increment(ref came) - 1].Task);
        var crisis = await server.StandUp();
        await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline = "Live video of an attack", text = "Match these hashes." });
        var id = (await server.Receiver.Next(path)).Id;
        _ids[path] = id;
        await server.Database.Execute("update crisis.deliveries set leased_until = clock_timestamp() where id = $1", id);
        (await server.Receiver.Next(path)).Id.ShouldBe(id);
        return (answers[0], answers[1]);
    }

    private readonly Dictionary<string, string> _ids = [];

    /// <summary>The attempts, once there are so many.</summary>
    private async Task<string[]> Listed(string path, int count)
    {
        var lead = await server.As("lead-01", roles: ["duty-lead"], clearance: "RED");
        string[] listed = [];
        await Eventually.Is(
            async () => (listed = [.. (await lead.Get($"/v1/deliveries/{_ids[path]}")).ShouldBe(200).Json.GetProperty("attemptList").EnumerateArray()
                .Select(a => $"{a.GetProperty("n").GetInt32()} {a.GetProperty("result").GetString()} {a.GetProperty("status").GetString()}")]).Length >= count,
            $"{count} attempts are on the record");
        return listed;
    }
}
