using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>A source that was silent has been heard of again.</summary>
public sealed record MarkHeard(DateTimeOffset At) : Command, IAlertSourceCommand<MarkHeard>
{
    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.Timer("mark-heard");

    public static Ruling Decide(MarkHeard command, AlertSource state, DecisionContext context) => state.SilentSince < command.At
        ? Ruling.Accept(new SourceHeardAgain(command.At))
        : Ruling.Refuse("source-silent", "It is not silent, or was heard of before.");

    public static IEnumerable<MarkHeard> Samples(AlertSource state, DecisionContext context) => [];
}

public sealed record SourceHeardAgain(DateTimeOffset At) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) => state with { SilentSince = null, HeardAt = At, HeartbeatAims = state.HeartbeatAims + 1 };

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp)
    {
        var headline = $"{after.Name} is heard of again";
        return new Entry(EntryKind.Clock, headline, FormattableString.Invariant($"silent since {before.SilentSince:yyyy-MM-dd HH:mm:ss}Z")).ToCrossFunctional().ToExecutive(headline);
    }
}
