using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Something the authority that holds the election told us. It moves nothing by itself: dates are amended, a vote is postponed.</summary>
/// <param name="Reference">The authority's own number or the reference of its letter in the vault.</param>
public sealed record RecordAuthorityNotice(string Reference, string Summary) : Command, IElectionCommand<RecordAuthorityNotice>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.WhileOpen("record-authority-notice", ElectionGivers.Everyone);

    public static Ruling Decide(RecordAuthorityNotice command, ElectionEvent state, DecisionContext context) =>
        string.IsNullOrWhiteSpace(command.Reference) || string.IsNullOrWhiteSpace(command.Summary)
            ? Ruling.Refuse("notice-given", "Give the authority's reference, and say in summary what it says.")
            : Ruling.Accept(new AuthorityNoticeRecorded($"NTC-{state.Notices.Count + 1}", command.Reference, command.Summary));

    public static IEnumerable<RecordAuthorityNotice> Samples(ElectionEvent state, DecisionContext context) =>
        [new("NEC-2027-118", "Polling stations stay open until 20:00 as planned; the vote is not postponed.")];
}

public sealed record AuthorityNoticeRecorded(string NoticeId, string Reference, string Summary) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with { Notices = state.Notices.Add(new AuthorityNotice(NoticeId, Reference, Summary, stamp.RecordedAt)) };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.Legal, $"{NoticeId}, {before.Authority}: {Summary}", Reference).ToCrossFunctional();
}
