using System.Text.Json.Serialization;
using CrisisOps.Domain.Crises;

namespace CrisisOps.Domain.Partners;

/// <summary>Whom to reach at a partner. Who that is stands in the vault: here is only the reference, never a name or an address.</summary>
/// <param name="ContactRef">The reference into the vault, for example <c>CNT-1</c>.</param>
/// <param name="Role">What they do there, for example <c>duty officer</c>.</param>
/// <param name="Channel">How they want to be reached.</param>
/// <param name="Tz">IANA id of the zone in which the hours are meant, for example <c>Europe/Vienna</c>; null means UTC.</param>
/// <param name="Hours">When they are there, in words, for example <c>Mo-Fr 08:00-18:00</c>; null means around the clock.</param>
public sealed record PartnerContact(string ContactRef, string Role, Channel Channel, string? Tz = null, string? Hours = null);

/// <summary>How many notices of a partner were right.</summary>
/// <param name="Upheld">Notices that were acted on and stayed so; 0 to <paramref name="Total"/>.</param>
/// <param name="Total">Notices looked at, at least 1.</param>
/// <param name="ReviewedAt">When they were counted, UTC.</param>
public sealed record NoticePrecision(int Upheld, int Total, DateTimeOffset ReviewedAt);

/// <summary>
/// Where a partner is reached. The secret that signs what goes there is in no event and in no state: it is derived from the partner's key,
/// the endpoint's id and <see cref="SecretGeneration"/>, so that no copy of the store gives it away.
/// </summary>
/// <param name="EndpointId"><c>EP-1</c>, <c>EP-2</c>, … in the order of registration; never used again.</param>
/// <param name="Channel">Webhook, Email, Chat or Phone.</param>
/// <param name="Address">An absolute http or https URL for Webhook and Chat, a plain address for Email, a number for Phone.</param>
/// <param name="Ordered">Messages go there one after the other, in the order of what they tell.</param>
/// <param name="Full">Messages carry the whole text; otherwise only keys and states, and the rest is read here.</param>
public sealed record Endpoint(string EndpointId, Channel Channel, string Address, EndpointFormat Format, bool Ordered, bool Full)
{
    /// <summary>Somebody at the partner has answered there.</summary>
    public bool Verified { get; init; }

    /// <summary>The id of who found that; null until then.</summary>
    public string? VerifiedBy { get; init; }

    /// <summary>How it was found, in words; null until then.</summary>
    public string? VerifiedHow { get; init; }

    /// <summary>Why nothing is sent there for now; null while it is enabled.</summary>
    public string? Disabled { get; init; }

    /// <summary>Taken off for good; kept so that its id means the same forever.</summary>
    public bool Removed { get; init; }

    /// <summary>Which secret signs what is sent there: 1 at first, one more with each rotation.</summary>
    public int SecretGeneration { get; init; } = 1;

    /// <summary>Until when the secret of the generation before is valid too, UTC; null when there was none.</summary>
    public DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>Verified, enabled and there: a message may go to it, if its partner is active.</summary>
    [JsonIgnore] public bool Usable => Verified && Disabled is null && !Removed;
}
