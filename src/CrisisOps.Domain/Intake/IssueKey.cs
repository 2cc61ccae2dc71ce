using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>
/// Issues a key with which the source sends. The key stands in the answer as <c>apiKey</c>, this one time; nobody can read it again, and whoever
/// lost it issues another one.
/// </summary>
/// <param name="Name">What it is for, such as the machine that holds it.</param>
/// <param name="ValidFor">One minute to ten years, for example P90D; absent means without an end.</param>
public sealed record IssueKey(string Name, TimeSpan? ValidFor = null) : Command, IAlertSourceCommand<IssueKey>
{
    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.WhileOpen("issue-key");

    // No member of a body: nobody outside says which key is taken.
    internal string? Hash { get; private init; }

    /// <summary>The same, with the hash of the key that was made for it.</summary>
    public IssueKey Hashed(string hash) => this with { Hash = hash };

    public static Ruling Decide(IssueKey command, AlertSource state, DecisionContext context)
    {
        if (string.IsNullOrWhiteSpace(command.Name))
        {
            return Ruling.Refuse("name-given", "Say in name what the key is for.");
        }

        if (SourceKeyGuard.Another(state, context.Now, command.ValidFor) is { } refused)
        {
            return refused;
        }

        return command.Hash is { } hash
            ? Ruling.Accept(new SourceKeyIssued(SourceKeyGuard.NextId(state), command.Name, hash, context.Now + command.ValidFor))
            : SourceKeyGuard.NotMade();
    }

    public static IEnumerable<IssueKey> Samples(AlertSource state, DecisionContext context) => [new IssueKey("ingest host").Hashed(SourceKeyGuard.SampleHash(state))];
}

/// <param name="Hash">SHA-256 of the key; the key itself stands nowhere.</param>
public sealed record SourceKeyIssued(string KeyId, string Name, string Hash, DateTimeOffset? ValidUntil) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) => state with { Keys = state.Keys.Add(new SourceKey(KeyId, Name, Hash, ValidUntil)) };

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp) =>
        new Entry(EntryKind.Note, SourceKeyGuard.Named(after, KeyId, "issued"), $"valid {SourceKeyGuard.Until(ValidUntil)}").ToCrossFunctional();
}
