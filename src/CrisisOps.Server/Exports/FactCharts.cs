using System.Globalization;
using System.Text;
using CrisisOps.Domain.Reviews.Facts;

namespace CrisisOps.Server.Exports;

/// <summary>Facts as drawings. Each shape carries its number in <c>data-seconds</c> or <c>data-count</c>, and says it in its title.</summary>
internal static class FactCharts
{
    private const int Left = 250, Width = 640, Line = 22;

    public static void Write(IExportPage page, IncidentFacts facts, ExportTimes times)
    {
        if (Bands(facts, times) is { } bands)
        {
            page.Chart(bands, "In which state the crisis was and at which level, and how severe its cases were, until it was stood down.");
        }

        TimeTo[] reached = [.. facts.TimeTo.Where(t => t.Stream == facts.CrisisKey)];
        if (reached.Length > 0)
        {
            page.Chart(Bars([.. reached.Select(t => ($"{t.Milestone}", t.Took))], "#2b6cb0"), "How long it took until each milestone of the crisis.");
        }

        (string Name, TimeSpan Time)[] answers =
            [.. from alert in facts.Alerts from partner in alert.Partners ?? [] where partner.After is not null select ($"{partner.Partner} ({alert.AlertId})", partner.After ?? TimeSpan.Zero)];
        if (answers.Length > 0)
        {
            page.Chart(Bars(answers, "#2f855a"), "How long partners took to acknowledge; who did not is in the table.");
        }

        if (facts.Deliveries is { Messages: > 0 } deliveries)
        {
            page.Chart(
                Counts([("Delivered", deliveries.Delivered), ("Acknowledged", deliveries.Acknowledged), ("Waiting", deliveries.Waiting), ("Failed", deliveries.Failed.Count), ("Not to be sent", deliveries.NotSent)]),
                "What became of the messages.");
        }
    }

    /// <summary>A line for each stream and kind of band, from the first signal to the stand-down or the instant of the facts.</summary>
    private static string? Bands(IncidentFacts facts, ExportTimes times)
    {
        // What goes on after the end, a resolved case say, would press the rest of it together.
        TimeIn[] shown = [.. facts.TimeIn.Where(t => (t.Stream == facts.CrisisKey && t.Value is not ("StoodDown" or "UnderReview" or "Closed")) || t.Of == Band.Severity)];
        if (shown.Length == 0)
        {
            return null;
        }

        var from = shown.Min(t => t.Stretches[0].From.At);
        var to = shown.Max(t => t.Stretches.Max(s => s.To?.At ?? facts.AsOf));
        var whole = Math.Max(1, (to - from).TotalSeconds);
        var svg = new StringBuilder();
        var lines = shown.GroupBy(t => (t.Stream, t.Of)).ToArray();
        for (var line = 0; line < lines.Length; line++)
        {
            Label(svg, line, $"{lines[line].Key.Stream} {lines[line].Key.Of}");
            foreach (var band in lines[line])
            {
                foreach (var stretch in band.Stretches)
                {
                    var x = Left + (Width * (stretch.From.At - from).TotalSeconds / whole);
                    Rect(svg, x, line, Width * stretch.Lasted.TotalSeconds / whole, Color(band.Value), "seconds", stretch.Lasted.TotalSeconds, $"{band.Stream} {band.Value}: {ExportTimes.Of(stretch.Lasted)}");
                }
            }
        }

        Label(svg, lines.Length, $"{times.At(from)} to {times.At(to)}");
        return Drawing(svg, lines.Length + 1);
    }

    private static string Bars((string Name, TimeSpan Time)[] bars, string color)
    {
        var longest = Math.Max(1, bars.Max(b => b.Time.TotalSeconds));
        var svg = new StringBuilder();
        for (var line = 0; line < bars.Length; line++)
        {
            var (name, time) = bars[line];
            Label(svg, line, $"{name}: {ExportTimes.Of(time)}");
            Rect(svg, Left, line, Width * Math.Max(0, time.TotalSeconds) / longest, color, "seconds", time.TotalSeconds, $"{name}: {ExportTimes.Of(time)}");
        }

        return Drawing(svg, bars.Length);
    }

    private static string Counts((string Name, int Count)[] bars)
    {
        var most = Math.Max(1, bars.Max(b => b.Count));
        var svg = new StringBuilder();
        for (var line = 0; line < bars.Length; line++)
        {
            var (name, count) = bars[line];
            Label(svg, line, string.Create(CultureInfo.InvariantCulture, $"{name}: {count}"));
            Rect(svg, Left, line, (double)Width * count / most, "#6b46c1", "count", count, string.Create(CultureInfo.InvariantCulture, $"{name}: {count}"));
        }

        return Drawing(svg, bars.Length);
    }

    private static string Drawing(StringBuilder shapes, int lines) => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {Left + Width + 10} {(lines * Line) + 8}\" width=\"{Left + Width + 10}\" font-family=\"sans-serif\" font-size=\"11\">{shapes}</svg>");

    private static void Label(StringBuilder svg, int line, string text) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{(line * Line) + 16}\">{HtmlPage.Plain(text)}</text>");

    private static void Rect(StringBuilder svg, double x, int line, double width, string color, string unit, double number, string says) => svg.Append(
        CultureInfo.InvariantCulture,
        $"<rect x=\"{x:0.##}\" y=\"{(line * Line) + 4}\" width=\"{Math.Max(1, width):0.##}\" height=\"{Line - 6}\" fill=\"{color}\" data-{unit}=\"{number:0.######}\"><title>{HtmlPage.Plain(says)}</title></rect>");

    private static string Color(string value) => value switch
    {
        "SEV1" or "Level1" => "#c53030",
        "SEV2" or "Level2" => "#dd6b20",
        "SEV3" or "Level3" => "#d69e2e",
        "Active" => "#9b2c2c",
        "Stabilizing" => "#2c7a7b",
        _ => "#718096",
    };
}
