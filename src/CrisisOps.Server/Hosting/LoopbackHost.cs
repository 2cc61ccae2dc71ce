using System.Net;

namespace CrisisOps.Server.Hosting;

/// <summary>Whether another server is on this machine: only there may something be sent in the clear.</summary>
internal static class LoopbackHost
{
    public static bool Is(string? host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
