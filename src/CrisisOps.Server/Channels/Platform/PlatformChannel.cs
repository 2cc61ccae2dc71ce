using CrisisOps.Domain.Crises;
using CrisisOps.Server.Channels.Webhook;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Enforcement;

namespace CrisisOps.Server.Channels.Platform;

/// <summary>
/// A signed POST to the platform's own enforcement system, as Standard Webhooks 1.0.0 says. The operator chose the address, so it may lie in
/// their network; the client reaches that one place and nothing else.
/// </summary>
public sealed class PlatformChannel(EnforcementSettings settings, TimeProvider clock, IConfiguration configuration) : IChannel, IDisposable
{
    private readonly EgressClient? _egress = settings.Place() is { } place ? new EgressClient(EgressGuard.Only(place), clock, configuration) : null;

    public Channel Kind => Channel.Platform;

    public Task<AttemptOutcome> Send(OutgoingMessage message, CancellationToken cancellation) =>
        _egress?.PostSigned(message, cancellation) ?? Task.FromResult(new AttemptOutcome(AttemptResult.Failed, "not-configured"));

    public void Dispose() => _egress?.Dispose();
}
