using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>Who announces much and sends little, or does not say how much.</summary>
public sealed class SlowSendersTests(TestServer server) : IClassFixture<TestServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_announces_long_bodies_and_sends_a_few_bytes_keeps_nobody_else_out()
    {
        var (slow, other) = (await server.Feed(), await server.Feed());
        List<TcpClient> open = [];
        for (var i = 0; i < 8; i++)
        {
            open.Add(await Announce("/v1/alerts", 64 * 1024 * 1024, $"Authorization: Bearer {slow.ApiKey}\r\nContent-Type: application/x-ndjson\r\n"));
            open.Add(await Announce("/v2/enqueue", 512 * 1024, "Content-Type: application/json\r\n"));
        }

        await other.Sends(Alert("in time"));

        open.ForEach(client => client.Dispose());
        await other.Sends(Alert("afterwards"));
    }

    [Fact]
    public async Task A_body_of_unknown_length_over_the_bound_is_refused_in_the_words_of_its_format()
    {
        var feed = await server.Feed();

        var coop = await Chunked("/v1/alerts/coop", feed, 600 * 1024);
        var pager = await Chunked("/v2/enqueue", feed, 600 * 1024);

        coop.ShouldBeProblem(413, "too-large")["detail"]!.ShouldContain("512 kB");
        pager.ShouldBe(413).Json.GetProperty("status").GetString().ShouldNotBeNull();
        (await server.Stored(feed)).ShouldBe(0);
    }

    private static Task<Answer> Chunked(string path, Feed feed, int length) => feed.Anybody.Send(
        HttpMethod.Post, path, new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes(new string(' ', length)))) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json") } }, request =>
        {
            request.Headers.TransferEncodingChunked = true;
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", feed.ApiKey);
        });

    private async Task<TcpClient> Announce(string path, int length, string headers)
    {
        var url = server.Node.With(null).Http.BaseAddress!;
        var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Length: {length}\r\n{headers}\r\n{{"), Cancellation);
        return client;
    }
}
