using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>
/// Issues a new key in the place of another one, which stays valid for a while so that the source can change over. The new key stands in the
/// answer as <c>apiKey</c>, this one time. After a leak, say an overlap of zero.
/// </summary>
/// <param name="Overlap">How long the old key stays valid: PT0S to P7D; absent means 24 hours.</param>
/// <param name="ValidFor">Of the new key: one minute to ten years; absent means without an end.</param>
public sealed record RotateKey(string KeyId, TimeSpan? Overlap = null, TimeSpan? ValidFor = null) : Command, IAlertSourceCommand<RotateKey>
{
    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.WhileOpen("rotate-key");

    // No member of a body: nobody outside says which key is taken.
    internal string? Hash { get; private init; }

    /// <summary>The same, with the hash of the key that was made for it.</summary>
    public RotateKey Hashed(string hash) => this with { Hash = hash };

    public static Ruling Decide(RotateKey command, AlertSource state, DecisionContext context)
    {
        if (state.ValidKey(command.KeyId, context.Now) is not { } old)
        {
            return SourceKeyGuard.Unknown(state, command.KeyId);
        }

        if (Overlaps.Until(command.Overlap, context.Now) is not { } until)
        {
            return Overlaps.OutOfRange();
        }

        until = old.ValidUntil < until ? old.ValidUntil.Value : until;
        var rotated = state.WithKey(old.KeyId, k => k with { ValidUntil = until });
        if (SourceKeyGuard.Another(rotated, context.Now, command.ValidFor) is { } refused)
        {
            return refused;
        }

        return command.Hash is { } hash
            ? Ruling.Accept(new SourceKeyRotated(SourceKeyGuard.NextId(state), old.Name, hash, context.Now + command.ValidFor, old.KeyId, until))
            : SourceKeyGuard.NotMade();
    }

    public static IEnumerable<RotateKey> Samples(AlertSource state, DecisionContext context) => state.Stage == SourceState.None
        ? [new RotateKey("KEY-1", Overlaps.Usual)]
        : state.Keys.Where(k => k.ValidAt(context.Now)).Select(k => new RotateKey(k.KeyId, Overlaps.Usual).Hashed(SourceKeyGuard.SampleHash(state)));
}

/// <param name="KeyId">The new key.</param>
/// <param name="Hash">SHA-256 of the new key; the key itself stands nowhere.</param>
/// <param name="OldKeyId">The key in whose place it is.</param>
/// <param name="OldValidUntil">When that one ends, UTC.</param>
public sealed record SourceKeyRotated(string KeyId, string Name, string Hash, DateTimeOffset? ValidUntil, string OldKeyId, DateTimeOffset OldValidUntil) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp)
    {
        var ended = state.WithKey(OldKeyId, k => k with { ValidUntil = OldValidUntil });
        return ended with { Keys = ended.Keys.Add(new SourceKey(KeyId, Name, Hash, ValidUntil)) };
    }

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp) => new Entry(
        EntryKind.Note, SourceKeyGuard.Named(after, KeyId, $"issued in the place of {OldKeyId}"), $"valid {SourceKeyGuard.Until(ValidUntil)}; the old one {SourceKeyGuard.Until(OldValidUntil)}").ToCrossFunctional();
}
