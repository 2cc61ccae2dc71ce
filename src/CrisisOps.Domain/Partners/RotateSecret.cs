using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>
/// What goes to this webhook is signed with a new secret from now on. The one before stays valid beside it for a while, so that the partner
/// can change over; one that is older ends at once. After a leak, say an overlap of zero.
/// </summary>
/// <param name="Overlap">How long the old secret stays valid: PT0S to P7D; absent means 24 hours.</param>
public sealed record RotateSecret(string EndpointId, TimeSpan? Overlap = null) : Command, IPartnerCommand<RotateSecret>
{
    public static CommandRule<Partner> Rule { get; } = PartnerGivers.WhileOpen("rotate-secret", PartnerGivers.Managers);

    public static Ruling Decide(RotateSecret command, Partner state, DecisionContext context)
    {
        var (endpoint, refused) = EndpointGuard.Find(state, command.EndpointId);
        if (endpoint is null)
        {
            return refused!;
        }

        if (endpoint.Channel != Channel.Webhook)
        {
            return Ruling.Refuse("endpoint-signed", $"{endpoint.EndpointId} ({endpoint.Channel}) has no secret; only what goes to a webhook is signed.");
        }

        return Overlaps.Until(command.Overlap, context.Now) is { } until
            ? Ruling.Accept(new PartnerSecretRotated(endpoint.EndpointId, endpoint.SecretGeneration + 1, until))
            : Overlaps.OutOfRange();
    }

    public static IEnumerable<RotateSecret> Samples(Partner state, DecisionContext context) => state.Stage == PartnerState.None
        ? [new("EP-1", Overlaps.Usual)]
        : state.Endpoints.Where(e => !e.Removed && e.Channel == Channel.Webhook).Select(e => new RotateSecret(e.EndpointId, Overlaps.Usual));
}

/// <param name="Generation">Of the new secret; the secret itself is derived, and stands nowhere.</param>
/// <param name="OldValidUntil">When the one before ends, UTC.</param>
public sealed record PartnerSecretRotated(string EndpointId, int Generation, DateTimeOffset OldValidUntil) : IPartnerEvent
{
    public Partner Apply(Partner state, Stamp stamp) => state.With(EndpointId, e => e with { SecretGeneration = Generation, OldSecretUntil = OldValidUntil });

    public Entry Say(Partner before, Partner after, Stamp stamp) =>
        new Entry(EntryKind.Note, EndpointText.Of(after, EndpointId, "signs with a new secret"), FormattableString.Invariant($"the old one is valid until {OldValidUntil:yyyy-MM-dd HH:mm}Z"))
            .ToCrossFunctional();
}
