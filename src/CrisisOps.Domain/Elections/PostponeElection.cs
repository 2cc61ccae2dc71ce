using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>
/// The authority moves the vote, before it began. The phase stays; the schedule is suspended, so that nothing begins by itself until there
/// are new dates (domain §2.3).
/// </summary>
/// <param name="AuthorityRef">The authority's decision.</param>
/// <param name="NewDay">The new day of the vote, if it is known.</param>
public sealed record PostponeElection(string AuthorityRef, DateOnly? NewDay = null) : Command, IElectionCommand<PostponeElection>, INamesFacts<ElectionEvent>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.Rule(
        "postpone", ElectionGivers.Leads, ElectionPhase.Registered, ElectionPhase.Assessed, ElectionPhase.PreElection, ElectionPhase.SilencePeriod);

    public IEnumerable<(string Kind, string Id)> Facts(ElectionEvent state) => ElectionDayGuard.Facts(state, NewDay);

    public static Ruling Decide(PostponeElection command, ElectionEvent state, DecisionContext context) =>
        AuthorityGuard.Given(command.AuthorityRef) ?? ElectionDayGuard.Free(state, command.NewDay, context)
            ?? Ruling.Accept(new ElectionPostponed(command.AuthorityRef, command.NewDay, state.ScheduleVersion + 1));

    public static IEnumerable<PostponeElection> Samples(ElectionEvent state, DecisionContext context) => [new("NEC-2027-121")];
}

/// <param name="ScheduleVersion">Of the suspended schedule: the timers of the one before do nothing.</param>
public sealed record ElectionPostponed(string AuthorityRef, DateOnly? NewDay, int ScheduleVersion) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state.Suspended(ScheduleVersion) with { ElectionDay = NewDay ?? state.ElectionDay };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        var headline = NewDay is { } day ? $"Postponed to {day:yyyy-MM-dd}" : "Postponed, no new day yet";
        return new Entry(EntryKind.Phase, headline, $"{before.Authority}, {AuthorityRef}; the schedule is suspended").ToCrossFunctional().ToExecutive(headline);
    }
}

internal static class AuthorityGuard
{
    /// <summary>Only the authority moves, repeats or calls off a vote; never a rumour.</summary>
    public static Ruling? Given(string? reference) =>
        string.IsNullOrWhiteSpace(reference) ? Ruling.Refuse("authority-reference", "Give in authorityRef the decision of the authority.", "record-authority-notice") : null;
}
