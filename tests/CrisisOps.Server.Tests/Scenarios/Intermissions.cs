namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>Does something just before a step of a story is sent: the clock stands at its instant already.</summary>
internal sealed class Intermissions(IReadOnlyDictionary<int, Func<Task>> before) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.TryGetValues("Idempotency-Key", out var keys) && int.TryParse(keys.Single().AsSpan("step-".Length), out var step) && before.TryGetValue(step, out var act))
        {
            await act();
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
