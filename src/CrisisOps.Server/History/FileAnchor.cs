using System.Text;
using System.Text.Json;
using CrisisOps.Proof;
using CrisisOps.Proof.Bundles;

namespace CrisisOps.Server.History;

/// <summary>A file that is only appended to, one head on a line, on disk before it counts. Each node writes all heads into its own.</summary>
public sealed class FileAnchor(string path) : IAnchor
{
    private const int LongestLine = 4096;

    public string Kind => "file";

    public string Name => path;

    /// <summary>The file says itself what it has: so a copy that was put in its place is gone on with.</summary>
    public async Task<long> Reached(CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(file.Length, 2 * LongestLine), SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var lines = (await reader.ReadToEndAsync(cancellation)).Split('\n');
        // Behind the last line break stands nothing, or what a killed node has not finished.
        return lines.SkipLast(1).Reverse().Select(Size).FirstOrDefault(size => size > 0);
    }

    public async Task<string?> Keep(SignedHead head, CancellationToken cancellation)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            if (await Unfinished(file, cancellation))
            {
                file.WriteByte((byte)'\n');
            }

            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(head, LineJson.Options) + "\n"), cancellation);
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.GetType().Name;
        }
    }

    private static async Task<bool> Unfinished(FileStream file, CancellationToken cancellation)
    {
        if (file.Length == 0)
        {
            return false;
        }

        file.Seek(-1, SeekOrigin.End);
        var last = new byte[1];
        await file.ReadExactlyAsync(last, cancellation);
        return last[0] != '\n';
    }

    private static long Size(string line) => line.Length > 0 && LineJson.Read<SignedHead>(Encoding.UTF8.GetBytes(line)) is { } head ? head.Size : 0;
}
