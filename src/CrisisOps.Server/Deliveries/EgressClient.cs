using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// HTTP to addresses that others chose: guarded, without redirects, proxies or cookies, bounded in time and in what is read of an answer.
/// Nothing of the address, the body or the answer reaches a log.
/// </summary>
public sealed class EgressClient : IDisposable
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromDays(1);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public EgressClient(EgressGuard guard, TimeProvider clock, IConfiguration configuration)
    {
        _clock = clock;
        Timeout = configuration.GetValue("Egress:Timeout", TimeSpan.FromSeconds(20));
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null, // our trace ids are nobody else's business
            MaxResponseHeadersLength = 16,
            MaxConnectionsPerServer = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), // names are looked at again
            ConnectCallback = async (context, cancellation) => await guard.Connect(context.DnsEndPoint, cancellation),
        })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Of a whole attempt, from the name to the head of the answer; Standard Webhooks asks for 15 to 30 seconds.</summary>
    public TimeSpan Timeout { get; }

    public void Dispose() => _http.Dispose();

    /// <summary>One attempt. The body of the answer is not read: only its status counts.</summary>
    public async Task<AttemptOutcome> Post(OutgoingMessage message, CancellationToken cancellation, Action<HttpRequestMessage>? sign = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, message.Address) { Content = new ReadOnlyMemoryContent(message.Body) };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(message.ContentType);
            request.Headers.TryAddWithoutValidation("User-Agent", "CrisisOps");
            sign?.Invoke(request);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return Outcome(answer);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new AttemptOutcome(AttemptResult.Failed, "timeout");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or UriFormatException or InvalidOperationException or FormatException)
        {
            return new AttemptOutcome(AttemptResult.Failed, Why(exception));
        }
    }

    private AttemptOutcome Outcome(HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        var result = status switch
        {
            >= 200 and < 300 => AttemptResult.Delivered,
            410 => AttemptResult.Gone,
            429 or 502 or 503 or 504 => AttemptResult.Throttled,
            _ => AttemptResult.Failed, // 3xx too: a redirect is not followed
        };
        return new AttemptOutcome(result, status.ToString(System.Globalization.CultureInfo.InvariantCulture), result == AttemptResult.Throttled ? RetryAfter(answer) : null);
    }

    /// <summary>Nobody can keep a message waiting for longer than a day: it would never become a dead letter that somebody sees.</summary>
    private DateTimeOffset? RetryAfter(HttpResponseMessage answer)
    {
        var now = _clock.GetUtcNow();
        DateTimeOffset? asked = answer.Headers.RetryAfter switch
        {
            { Delta: { } wait } => now + wait,
            { Date: { } at } => at,
            _ => null,
        };
        return asked <= now ? null : asked > now + _longestWait ? now + _longestWait : asked;
    }

    private static string Why(Exception exception) => exception switch
    {
        EgressRefusedException or { InnerException: EgressRefusedException } => "address-refused",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "name-unknown",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "refused",
        SocketException or { InnerException: SocketException } => "refused",
        UriFormatException or InvalidOperationException or FormatException => "address-wrong",
        _ => "broken",
    };
}
