using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>From now on the source can sign what it sends, and needs no key for that. The secret is read where signing secrets are read.</summary>
public sealed record IssueSigningSecret : Command, IAlertSourceCommand<IssueSigningSecret>
{
    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.WhileOpen("issue-signing-secret");

    public static Ruling Decide(IssueSigningSecret command, AlertSource state, DecisionContext context) => state.SigningGeneration == 0
        ? Ruling.Accept(new SourceSigningSecretIssued(1))
        : Ruling.Refuse("secret-new", $"{state.Key} has a signing secret already; to have another one, rotate it.", "rotate-signing-secret");

    public static IEnumerable<IssueSigningSecret> Samples(AlertSource state, DecisionContext context) => [new()];
}

/// <param name="Generation">Of the secret; the secret itself is derived, and stands nowhere.</param>
public sealed record SourceSigningSecretIssued(int Generation) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) => state with { SigningGeneration = Generation };

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp) => new Entry(EntryKind.Note, "Signing secret issued").ToCrossFunctional();
}
