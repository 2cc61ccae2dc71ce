using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Further alerts of sources that belong to this case, counted: how many there are by now, not how many came since, so that it may be said twice.
/// They came in whatever has become of the case meanwhile. A worse severity or a threat to life is taken over while it is open.
/// </summary>
public sealed record FoldReports(IReadOnlyList<FoldedReports> Folded) : Command, IEscalationCommand<FoldReports>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.OnceRaised("fold-reports", Givers.Timers);

    public static Ruling Decide(FoldReports command, Escalation state, DecisionContext context)
    {
        FoldedReports[] news = [.. command.Folded.OfType<FoldedReports>().Where(f => f.Total > state.FoldedSoFar(f))];
        if (news.Length == 0)
        {
            return Ruling.Refuse("reports-new", "These reports are counted already.");
        }

        List<object> events = [new ReportsFolded([.. news.Select(f => new FoldedNow(f, f.Total - state.FoldedSoFar(f)))])];
        if (state.Open && news.Any(f => f.ThreatToLife) && !state.Has(Flag.ThreatToLife)
            && Reclassify.Decide(new Reclassify(Flags: [.. state.Flags, Flag.ThreatToLife]), state, context) is Ruling.Accepted marked)
        {
            events.AddRange(marked.Events);
        }

        if (state.Open && news.Min(f => f.Worst) is { } worst && worst < state.EffectiveSeverity)
        {
            events.Add(new SeverityChanged(state.EffectiveSeverity, worst, "a further report says so", ClockAim.AtSeverityChange(state, worst, context)));
        }

        return Ruling.Accept([.. events]);
    }

    public static IEnumerable<FoldReports> Samples(Escalation state, DecisionContext context) => [];
}

/// <summary>Alerts of one source, folded for one reason.</summary>
/// <param name="Source">Key of the source, for example <c>SRC-001</c>.</param>
/// <param name="Name">Its name, for those who read the timeline.</param>
/// <param name="Total">How many there are in this case by now.</param>
/// <param name="Key">By what the newest of them found the case: the dedup key, the content, the reference.</param>
/// <param name="Worst">The worst severity among them by the rules of the intake; null when none of them says one that counts.</param>
public sealed record FoldedReports(string Source, string Name, FoldReason Reason, long Total, Severity? Worst = null, bool ThreatToLife = false, string? Key = null);

/// <summary>Why an alert belongs to a case that is there already, or what else its source says of it.</summary>
public enum FoldReason
{
    /// <summary>The source's own name for what goes on is that of an open case.</summary>
    DedupKey,

    /// <summary>It is about a piece of content that an open case is about.</summary>
    ContentId,

    /// <summary>The same reference was reported in another way before.</summary>
    Reference,

    /// <summary>The source says that it has seen to it: no report of its own.</summary>
    Acknowledged,

    /// <summary>The source says that it is over: no report of its own, and never the end of the case.</summary>
    Resolved,
}

/// <param name="Count">How many of them are new.</param>
public sealed record FoldedNow(FoldedReports Reports, long Count);

/// <summary>Alerts of sources were folded into this case, or their sources said that they are seen to or over.</summary>
public sealed record ReportsFolded(IReadOnlyList<FoldedNow> Folded) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        Folded = [.. state.Folded.Where(had => !Folded.Any(f => f.Reports.Same(had))), .. Folded.Select(f => f.Reports)],
        ReportCount = (int)Math.Min(int.MaxValue, state.ReportCount + Reports),
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        var body = string.Join("; ", Folded.Select(Said));
        return Reports == 0
            ? new Entry(EntryKind.Note, Folded.Any(f => f.Reports.Reason == FoldReason.Resolved) ? "The source says that it is over" : "The source says that it has seen to it", body)
            : new Entry(EntryKind.Update, $"{Counted(Reports)} folded in, {after.ReportCount} in all", body).ToCrossFunctional($"{Counted(Reports)} more, {after.ReportCount} in all");
    }

    private static string By(FoldedReports reports) => reports.Key is { } key ? $" '{key}'" : "";

    /// <summary>Those of them that report something.</summary>
    private long Reports => Folded.Where(f => f.Reports.Report()).Sum(f => f.Count);

    private static string Counted(long count) => count == 1 ? "1 report" : $"{count} reports";

    private static string Said(FoldedNow folded)
    {
        var (reports, count) = (folded.Reports, folded.Count);
        var times = count == 1 ? "" : $" {count} times";
        return reports.Reason switch
        {
            FoldReason.DedupKey => $"{Counted(count)} of {reports.Name} ({reports.Source}), by the source's own dedup key{By(reports)}",
            FoldReason.ContentId => $"{Counted(count)} of {reports.Name} ({reports.Source}), about the same content{By(reports)}",
            FoldReason.Reference => $"{Counted(count)} of {reports.Name} ({reports.Source}), reported before under the same reference{By(reports)}",
            FoldReason.Acknowledged => $"{reports.Name} ({reports.Source}) says{times} that it has seen to it",
            _ => $"{reports.Name} ({reports.Source}) says{times} that it is over",
        };
    }
}

internal static class Foldings
{
    /// <summary>Whether it is about the same source for the same reason.</summary>
    public static bool Same(this FoldedReports one, FoldedReports other) => one.Source == other.Source && one.Reason == other.Reason;

    public static long FoldedSoFar(this Escalation state, FoldedReports reports) => state.Folded.Find(reports.Same)?.Total ?? 0;

    /// <summary>They report something, rather than saying that it is seen to or over.</summary>
    public static bool Report(this FoldedReports reports) => reports.Reason is FoldReason.DedupKey or FoldReason.ContentId or FoldReason.Reference;
}
