using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace CrisisOps.Benchmarks;

/// <summary>An answer read to its end as fast as it comes.</summary>
/// <param name="Count">How often the mark stood in it.</param>
/// <param name="Megabytes">The most memory of the server meanwhile, above what it had before.</param>
internal sealed record Drained(long Count, double Seconds, double Megabytes)
{
    public double PerSecond => Count / Seconds;

    /// <param name="file">Where the answer is kept; null throws it away.</param>
    public static async Task<Drained> OfAsync(BenchServer server, string path, string token, string mark, string? file, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = server.Url, Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var idle = await server.Process.KilobytesAsync("VmRSS", cancellation);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = HighestAsync(server, idle, done.Token);
        var watch = Stopwatch.StartNew();
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new BenchException($"{path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        await using var kept = file is null ? Stream.Null : File.Create(file);
        var count = await CountAsync(body, kept, Encoding.ASCII.GetBytes(mark), cancellation);
        var seconds = watch.Elapsed.TotalSeconds;
        await done.CancelAsync();
        return new Drained(count, seconds, (await watching - idle) / 1024.0);
    }

    private static async Task<long> CountAsync(Stream body, Stream kept, byte[] mark, CancellationToken cancellation)
    {
        var buffer = new byte[256 * 1024];
        var (count, held) = (0L, 0);
        while (await body.ReadAsync(buffer.AsMemory(held), cancellation) is > 0 and var read)
        {
            await kept.WriteAsync(buffer.AsMemory(held, read), cancellation);
            count += buffer.AsSpan(0, held + read).Count(mark);
            // A mark may lie across two reads: what could be its beginning is looked at again.
            var tail = Math.Min(mark.Length - 1, held + read);
            buffer.AsSpan(held + read - tail, tail).CopyTo(buffer);
            held = tail;
        }

        return count;
    }

    private static async Task<long> HighestAsync(BenchServer server, long before, CancellationToken cancellation)
    {
        var highest = before;
        while (!cancellation.IsCancellationRequested)
        {
            highest = Math.Max(highest, await server.Process.KilobytesAsync("VmRSS", CancellationToken.None));
            await Task.Delay(100, CancellationToken.None);
        }

        return highest;
    }
}
