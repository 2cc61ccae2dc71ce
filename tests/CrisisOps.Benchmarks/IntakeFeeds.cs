using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace CrisisOps.Benchmarks;

/// <summary>Sources of alerts and what they send.</summary>
internal sealed class IntakeFeeds(Uri url, CrisisOpsApi api) : IDisposable
{
    public const int BulkLines = 10_000;

    /// <summary>One line in so many raises an escalation, the others fold into one.</summary>
    private const int OneNewIn = 10;

    private const int NumberDigits = 7;

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(2) };
    private int _bulks;

    public async Task<(string Source, string Key)> SourceAsync(string name, int perMinute, CancellationToken cancellation)
    {
        var token = await api.TokenAsync("pm-01", ["partner-manager", "admin"], ["*"], cancellation);
        var source = (await api.CommandAsync("/v1/sources", name, new { name, kind = "CivilSociety", regions = new[] { "XN" }, ratePerMinute = perMinute }, token, cancellation)).GetProperty("key").GetString()!;
        var key = await api.CommandAsync($"/v1/sources/{source}/issue-key", $"{name}-key", new { name = "bench" }, token, cancellation);
        return (source, key.GetProperty("apiKey").GetString()!);
    }

    /// <summary>Lines of which a tenth has a new dedup key, and the others one of those of this request or of the feed's last one.</summary>
    public byte[] Bulk(string feed)
    {
        var number = NextNumber();
        var random = new Random(int.Parse(number, CultureInfo.InvariantCulture));
        var text = new StringBuilder(BulkLines * 180);
        for (var line = 0; line < BulkLines; line++)
        {
            var dedup = line % OneNewIn == 0 ? line / OneNewIn : random.Next((line / OneNewIn) + 1);
            text.Append("{\"externalRef\":\"").Append(feed).Append('-').Append(number).Append('-').Append(line)
                .Append("\",\"title\":\"Copies of the attack video from accounts made today\",\"severity\":\"warning\",\"dedupKey\":\"")
                .Append(number).Append('-').Append(dedup).Append("\"}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Makes another bulk of one that was sent, in its place: all of it is new to the server.</summary>
    public void Renew(byte[] bulk)
    {
        // Whoever makes ten thousand lines anew takes the processor from those who are measured, and now and then stops to collect them.
        var first = bulk.AsSpan().IndexOf("-"u8) + 1;
        var (before, now) = (bulk[first..(first + NumberDigits)], Encoding.UTF8.GetBytes(NextNumber()));
        for (var rest = bulk.AsSpan(); rest.IndexOf(before) is >= 0 and var at; rest = rest[(at + NumberDigits)..])
            now.CopyTo(rest[at..]);
    }

    private string NextNumber() => Interlocked.Increment(ref _bulks).ToString("D" + NumberDigits, CultureInfo.InvariantCulture);

    /// <summary>Sends a bulk; gives how many of its lines were taken, and whether the source was told to wait.</summary>
    public async Task<(int Taken, TimeSpan? Wait)> SendAsync(byte[] bulk, string key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/alerts") { Content = new ByteArrayContent(bulk) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if ((int)answer.StatusCode is 429 or 503)
            return (0, answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        // Whoever counts ten thousand lines as text takes the processor from those who are measured.
        var lines = ArrayPool<byte>.Shared.Rent(BulkLines * 100);
        await using var content = await answer.Content.ReadAsStreamAsync(cancellation);
        var length = await content.ReadAtLeastAsync(lines, lines.Length, throwOnEndOfStream: false, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new BenchException($"A bulk was answered {(int)answer.StatusCode}: {Encoding.UTF8.GetString(lines.AsSpan(0, Math.Min(500, length)))}");
        var taken = lines.AsSpan(0, length).Count("\"receipt\""u8);
        ArrayPool<byte>.Shared.Return(lines);
        return (taken, null);
    }

    /// <summary>Sends one alert.</summary>
    public async Task SendAsync(string reference, string dedup, string key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/alerts") { Content = JsonContent.Create(new { externalRef = reference, title = "A single alert", dedupKey = dedup, severity = "warning" }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await _http.SendAsync(request, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new BenchException($"An alert was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }

    public void Dispose() => _http.Dispose();
}
