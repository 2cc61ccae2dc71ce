using System.Net;
using System.Net.Sockets;

namespace CrisisOps.Server.Tests.Harness;

internal static class Listening
{
    /// <summary>Whether somebody takes connections there.</summary>
    public static async Task<bool> On(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
