using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>
/// The vote is void and held again: the campaign begins anew, and the schedule is suspended until there are new dates (domain §2.3).
/// </summary>
/// <param name="AuthorityRef">The decision of the authority or the court.</param>
/// <param name="NewDay">The day of the new vote, if it is known.</param>
public sealed record AnnulElection(string AuthorityRef, DateOnly? NewDay = null) : Command, IElectionCommand<AnnulElection>, INamesFacts<ElectionEvent>
{
    public static CommandRule<ElectionEvent> Rule { get; } =
        ElectionGivers.Rule("annul", ElectionGivers.Lead, ElectionPhase.Counting, ElectionPhase.Certification, ElectionPhase.PostElection);

    public IEnumerable<(string Kind, string Id)> Facts(ElectionEvent state) => ElectionDayGuard.Facts(state, NewDay);

    public static Ruling Decide(AnnulElection command, ElectionEvent state, DecisionContext context) =>
        AuthorityGuard.Given(command.AuthorityRef) ?? ElectionDayGuard.Free(state, command.NewDay, context)
            ?? Ruling.Accept(new ElectionAnnulled(command.AuthorityRef, command.NewDay, state.ScheduleVersion + 1));

    public static IEnumerable<AnnulElection> Samples(ElectionEvent state, DecisionContext context) => [new("NCC-2027-9")];
}

/// <param name="ScheduleVersion">Of the suspended schedule: the timers of the one before do nothing.</param>
public sealed record ElectionAnnulled(string AuthorityRef, DateOnly? NewDay, int ScheduleVersion) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state.VotesAgain(NewDay).Suspended(ScheduleVersion);

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        var headline = NewDay is { } day ? $"Annulled; the vote is held again on {day:yyyy-MM-dd}" : "Annulled; the vote is held again, no new day yet";
        return new Entry(EntryKind.Phase, headline, $"{AuthorityRef}; the schedule is suspended").ToCrossFunctional().ToExecutive(headline);
    }
}
