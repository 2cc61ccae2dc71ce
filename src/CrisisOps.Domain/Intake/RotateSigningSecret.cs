using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>
/// The source signs with a new secret from now on. What is signed with the one before is taken too for a while, so that it can change over; one
/// that is older ends at once. After a leak, say an overlap of zero.
/// </summary>
/// <param name="Overlap">How long the old secret stays valid: PT0S to P7D; absent means 24 hours.</param>
public sealed record RotateSigningSecret(TimeSpan? Overlap = null) : Command, IAlertSourceCommand<RotateSigningSecret>
{
    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.WhileOpen("rotate-signing-secret");

    public static Ruling Decide(RotateSigningSecret command, AlertSource state, DecisionContext context)
    {
        if (state.SigningGeneration == 0)
        {
            return Ruling.Refuse("secret-issued", $"{state.Key} has no signing secret yet; issue one.", "issue-signing-secret");
        }

        return Overlaps.Until(command.Overlap, context.Now) is { } until
            ? Ruling.Accept(new SourceSigningSecretRotated(state.SigningGeneration + 1, until))
            : Overlaps.OutOfRange();
    }

    public static IEnumerable<RotateSigningSecret> Samples(AlertSource state, DecisionContext context) => [new(Overlaps.Usual)];
}

/// <param name="Generation">Of the new secret; the secret itself is derived, and stands nowhere.</param>
/// <param name="OldValidUntil">When the one before ends, UTC.</param>
public sealed record SourceSigningSecretRotated(int Generation, DateTimeOffset OldValidUntil) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) => state with { SigningGeneration = Generation, OldSigningUntil = OldValidUntil };

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp) =>
        new Entry(EntryKind.Note, "Signs with a new secret", $"the old one is valid {SourceKeyGuard.Until(OldValidUntil)}").ToCrossFunctional();
}
