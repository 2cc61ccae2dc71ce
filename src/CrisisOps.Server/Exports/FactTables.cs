using System.Globalization;
using CrisisOps.Domain.Reviews.Facts;

namespace CrisisOps.Server.Exports;

/// <summary>Facts as tables, each row with the entries that it is computed from.</summary>
internal static class FactTables
{
    private const string From = "Computed from";

    public static void Write(IExportPage page, IncidentFacts facts, ExportTimes times)
    {
        page.Section("How long it took");
        page.Table(
            ["Stream", "Until", "Took", From], facts.TimeTo.Select(f => (string[])[f.Stream, $"{f.Milestone}", ExportTimes.Of(f.Took), Sources(f)]), "Nothing that is counted had happened.");
        page.Section("Time in each state, level and severity");
        page.Table(["Stream", "In", "Lasted", From], facts.TimeIn.Select(f => (string[])[f.Stream, f.Value, ExportTimes.Of(f.Lasted), Sources(f)]), "Nothing that is counted had begun.");
        page.Section("What was late");
        if (facts.SituationReports is { } reports)
        {
            page.Text($"{reports.Published} situation reports, {reports.InTime} of them in time; {reports.MissedSlots} due times passed without one.");
        }

        page.Table(
            ["Stream", "What", "Was due", "Late by", From],
            [
                .. facts.Late.Select(f => (string[])[f.Stream, $"{f.Kind} {f.Ref}".Trim(), times.At(f.DueAt), $"{ExportTimes.Of(f.LateBy)}{(f.Done is null ? ", owed still" : "")}", Sources(f)]),
                .. facts.Breaches.Select(f => (string[])[f.Stream, f.ClockId, times.At(f.DueAt), f.LateBy is { } late ? ExportTimes.Of(late) : "not met", Sources(f)]),
            ],
            "Nothing that you may read was late.");
        Answers(page, facts, times);
        Actions(page, facts, times);
    }

    public static void Corrections(IExportPage page, IncidentFacts facts, ExportTimes times)
    {
        page.Section("What was corrected");
        page.Table(
            ["Entry", "Told", "Corrected", "Stood for", "Instead of it", "Who had got it"],
            facts.Corrections.Select(f => (string[])
            [
                f.Wrong.Entry, times.At(f.Wrong.At), times.At(f.Corrected.At), ExportTimes.Of(f.Stood), f.TakenBack ? "nothing: it was taken back" : f.Corrected.Entry,
                f.Received is { } got ? string.Join(", ", got.Select(r => r.Recipient)) : "",
            ]),
            "Nothing that you may read was corrected.");
    }

    private static void Answers(IExportPage page, IncidentFacts facts, ExportTimes times)
    {
        page.Section("Clocks");
        page.Table(
            ["Stream", "Clock", "Due", "Result", "Left", From], facts.Clocks.Select(f => (string[])[f.Stream, f.ClockId, times.At(f.DueAt), $"{f.Result}", ExportTimes.Of(f.Margin), Sources(f)]),
            "No clock that you may read.");
        page.Section("Alerts to partners");
        page.Table(
            ["Alert", "Acknowledged", "Overdue", "Partners", From],
            facts.Alerts.Select(f => (string[])
            [
                f.AlertId, $"{f.Acknowledged} of {f.Asked} by {times.At(f.AckDueAt)}", f.Overdue.ToString(CultureInfo.InvariantCulture),
                string.Join("\n", (f.Partners ?? []).Select(p => $"{p.Partner}: {(p.After is { } after ? $"after {ExportTimes.Of(after)}" : p.OverdueAt is { } at ? $"overdue at {times.At(at)}" : "no answer")}")),
                Sources(f),
            ]),
            "No alert that you may read.");
    }

    private static void Actions(IExportPage page, IncidentFacts facts, ExportTimes times)
    {
        page.Section("Levers and measures");
        page.Table(
            ["Stream", "Lever", "Was on for", "How it ended", From],
            facts.Levers.Select(f => (string[])[f.Stream, $"{f.LeverId} {f.Kind}", ExportTimes.Of(f.Lasted), $"{f.End}{(f.Alone ? ", one person alone" : "")}", Sources(f)]), "None that you may read.");
        page.Section("Who decided, and who took over");
        page.Table(
            ["Stream", "What", "When", "How", From],
            [
                .. facts.FourEyes.Select(f => (string[])[f.Stream, f.DecisionKey, times.At(f.Approved.At), $"{(f.TwoPeople ? "two people" : "one person")}, {ExportTimes.Of(f.Took)} after the proposal", Sources(f)]),
                .. facts.InterimActions.Select(f => (string[])[f.Stream, $"{f.ActionId} {f.Action}", times.At(f.Sources[0].At), $"{f.State} after {ExportTimes.Of(f.Lasted)}", Sources(f)]),
                .. facts.Handovers.Select(f => (string[])[f.Stream, $"{f.Kind} handed over", times.At(f.At.At), string.Join(" to ", new[] { f.From, f.To }.OfType<string>()), Sources(f)]),
                .. facts.Changes.Select(f => (string[])[f.Stream, $"{f.Of}", times.At(f.At.At), $"{f.From} to {f.To}", Sources(f)]),
            ],
            "Nothing that you may read.");
    }

    private static string Sources(IFact fact) => fact.Sources.Count > 6
        ? $"{string.Join(", ", fact.Sources.Take(5).Select(s => s.Entry))} and {fact.Sources.Count - 5} more"
        : string.Join(", ", fact.Sources.Select(s => s.Entry).Distinct());
}
