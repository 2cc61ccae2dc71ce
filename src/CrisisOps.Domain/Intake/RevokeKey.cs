using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>Ends a key at once, on every node within a second.</summary>
public sealed record RevokeKey(string KeyId) : Command, IAlertSourceCommand<RevokeKey>
{
    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.WhileOpen("revoke-key");

    public static Ruling Decide(RevokeKey command, AlertSource state, DecisionContext context) => state.ValidKey(command.KeyId, context.Now) is { } key
        ? Ruling.Accept(new SourceKeyRevoked(key.KeyId))
        : SourceKeyGuard.Unknown(state, command.KeyId);

    public static IEnumerable<RevokeKey> Samples(AlertSource state, DecisionContext context) => state.Stage == SourceState.None
        ? [new("KEY-1")]
        : state.Keys.Where(k => k.ValidAt(context.Now)).Select(k => new RevokeKey(k.KeyId));
}

public sealed record SourceKeyRevoked(string KeyId) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) => state.WithKey(KeyId, k => k with { ValidUntil = stamp.RecordedAt });

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp) => new Entry(EntryKind.Note, SourceKeyGuard.Named(after, KeyId, "revoked")).ToCrossFunctional();
}
