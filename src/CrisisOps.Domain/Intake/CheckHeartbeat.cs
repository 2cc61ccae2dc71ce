using System.Globalization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>By now the source should have been heard of. When it was, the next time is set; when not, it has fallen silent. An older timer does nothing.</summary>
public sealed record CheckHeartbeat(int Generation) : Command, IAlertSourceCommand<CheckHeartbeat>, INamesFacts<AlertSource>
{
    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.Timer("check-heartbeat");

    public IEnumerable<(string Kind, string Id)> Facts(AlertSource state) => [(SourceDeadlines.HeardFact, state.Key)];

    public static Ruling Decide(CheckHeartbeat command, AlertSource state, DecisionContext context)
    {
        if (state is not { SilentSince: null, HeardAt: { } known } || command.Generation != state.HeartbeatAims || !(SourceDeadlines.HeartbeatDueAt(state) <= context.Now))
        {
            return Ruling.Refuse("deadline-current", "No heartbeat is due: it was heard of, is silent already, or may be silent.");
        }

        var heard = DateTimeOffset.TryParse(context.Fact(SourceDeadlines.HeardFact, state.Key), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at > known ? at : known;
        return SourceDeadlines.HeartbeatDueAt(state with { HeardAt = heard }) > context.Now
            ? Ruling.Accept(new SourceHeard(heard))
            : Ruling.Accept(new SourceFellSilent(heard));
    }

    public static IEnumerable<CheckHeartbeat> Samples(AlertSource state, DecisionContext context) => [];
}

/// <summary>It was heard of in time; the next heartbeat counts from then. That all is well stands on no timeline.</summary>
public sealed record SourceHeard(DateTimeOffset At) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) => state with { HeardAt = At, HeartbeatAims = state.HeartbeatAims + 1 };

    public Entry? Tell(AlertSource before, AlertSource after, Stamp stamp) => null;
}

/// <param name="Since">When it was last heard of, or promised to be, UTC.</param>
public sealed record SourceFellSilent(DateTimeOffset Since) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) => state with { HeardAt = Since, SilentSince = Since };

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp)
    {
        var headline = FormattableString.Invariant($"{after.Name} is silent since {Since:yyyy-MM-dd HH:mm:ss}Z");
        return new Entry(EntryKind.Clock, headline, "Nothing of it comes in. Ask whoever runs it, and look for what it would have told by other means.").ToCrossFunctional().ToExecutive(headline);
    }
}
