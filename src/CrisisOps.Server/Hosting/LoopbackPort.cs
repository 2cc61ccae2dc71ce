using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CrisisOps.Server.Hosting;

/// <summary>A port on 127.0.0.1, kept in a file so that it stays the same from start to start.</summary>
public static class LoopbackPort
{
    /// <summary>The port in the file if it is still free, otherwise a new one, written to the file.</summary>
    public static async Task<int> PickAsync(string file, CancellationToken cancellation)
    {
        if (File.Exists(file)
            && int.TryParse(await File.ReadAllTextAsync(file, cancellation), CultureInfo.InvariantCulture, out var last)
            && IsFree(last))
            return last;

        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        await File.WriteAllTextAsync(file, port.ToString(CultureInfo.InvariantCulture), cancellation);
        return port;
    }

    /// <summary>Whether nobody listens on the port at this moment.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
