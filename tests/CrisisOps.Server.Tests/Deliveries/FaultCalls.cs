using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>An alert and what becomes of its message.</summary>
internal static class FaultCalls
{
    public static async Task<Api> Lead(this DeliveryServer server) => await server.As("lead-01", roles: ["duty-lead"], clearance: "RED");

    public static async Task<(Crises.CrisisStories.Crisis Crisis, string Alert)> Issue(this DeliveryServer server, string name)
    {
        var crisis = await Crises.CrisisStories.StandUp(server);
        var issued = await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline = "Live video of an attack", text = "Match these hashes." });
        return (crisis, issued.Json.GetProperty("events")[0].GetProperty("alertId").GetString()!);
    }

    /// <summary>Issues an alert and waits for its first attempt; gives the id of the message.</summary>
    public static async Task<string> Alerted(this DeliveryServer server, string name, string path)
    {
        await server.Issue(name);
        return (await server.Receiver.Next(path)).Id;
    }

    public static async Task Attempted(this DeliveryServer server, string id, int attempts) =>
        await Eventually.Is(async () => (await server.Attempts(id)).Length >= attempts, $"attempt {attempts} of {id} is on the record");

    public static async Task<string[]> Attempts(this DeliveryServer server, string id) =>
        [.. (await (await server.Lead()).Get($"/v1/deliveries/{id}")).ShouldBe(200).Json.GetProperty("attemptList").EnumerateArray()
            .Select(a => $"{a.GetProperty("n").GetInt32()} {a.GetProperty("result").GetString()} {a.GetProperty("status").GetString()}")];

    public static async Task Later(this DeliveryServer server, TimeSpan time)
    {
        var api = await server.Lead();
        await api.MoveTo((await api.Now()) + time);
    }
}
