using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.History;

/// <summary>A server that signs a head each second, if there is something to sign.</summary>
public sealed class SigningServer(TestPostgres postgres) : TestServer(postgres)
{
    /// <summary>A node that signs, and chains, as often as it may.</summary>
    public static NodeOptions EverySecond => new() { Settings = new Dictionary<string, string> { ["History:HeadEvery"] = "00:00:01" } };

    protected override NodeOptions Options => EverySecond;
}
