using System.Collections.Immutable;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>What a subscriber is told, and how. The members mean what they mean on <see cref="Subscription"/>.</summary>
public sealed record SubscriptionTerms(
    SubscriptionScope Scope, Audience Audience, Tlp MaxTlp, ImmutableList<Channel> Channels, Cadence Cadence, QuietHours? QuietHours, bool AckRequired)
{
    /// <summary>In one line, without what it is about.</summary>
    public string Words()
    {
        string?[] parts =
        [
            $"as {Audience}", $"up to TLP:{TlpNames.Of(MaxTlp)}", Cadence.ToString(), Channels.IsEmpty ? null : $"by {string.Join(", ", Channels)}",
            QuietHours is { } quiet ? FormattableString.Invariant($"quiet {quiet.From:HH\\:mm} to {quiet.To:HH\\:mm} {quiet.Tz} but for {quiet.BreakThroughSeverity}") : null,
            AckRequired ? "to be acknowledged" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }
}
