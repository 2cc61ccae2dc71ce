using System.Net.Sockets;
using System.Text;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>A request byte for byte, for what an HTTP client would tidy up or refuse to send.</summary>
public static class RawRequest
{
    /// <param name="head">Request line and headers, one a line; Host and Connection are added.</param>
    /// <returns>The whole answer, head and body.</returns>
    public static async Task<string> Send(Uri server, string head, byte[]? body = null)
    {
        using var socket = new TcpClient();
        await using var stream = await Write(socket, server, head, body ?? []);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Sends the head and nothing of the body that it announces.</summary>
    /// <returns>The first line of the answer.</returns>
    public static async Task<string?> Begin(Uri server, string head)
    {
        using var socket = new TcpClient();
        await using var stream = await Write(socket, server, head, []);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<NetworkStream> Write(TcpClient socket, Uri server, string head, byte[] body)
    {
        await socket.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        var lines = head.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').ToList();
        lines.Add($"Host: {server.Authority}");
        lines.Add("Connection: close");
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), TestContext.Current.CancellationToken);
        await stream.WriteAsync(body, TestContext.Current.CancellationToken);
        return stream;
    }
}
