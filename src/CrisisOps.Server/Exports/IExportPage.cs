namespace CrisisOps.Server.Exports;

/// <summary>A document as it grows. Whatever text it is given comes out as text: what would mean something in its format is escaped here, once.</summary>
internal interface IExportPage
{
    string MediaType { get; }

    /// <summary>How a file of it is called, after the dot.</summary>
    string Extension { get; }

    void Begin(string title, IEnumerable<(string Name, string Value)> about);

    void Section(string title);

    void Text(string text);

    /// <summary>A drawing that was made here, and in words what it shows.</summary>
    void Chart(string svg, string says);

    void BeginTable(IReadOnlyList<string> columns);

    void Row(IReadOnlyList<string> cells);

    void EndTable();

    void End();

    /// <summary>What was written since the last time; it is not kept.</summary>
    string Take();
}

internal static class ExportTables
{
    /// <summary>A table, or a sentence when it has no rows.</summary>
    public static void Table(this IExportPage page, IReadOnlyList<string> columns, IEnumerable<string[]> rows, string none)
    {
        string[][] all = [.. rows];
        if (all.Length == 0)
        {
            page.Text(none);
            return;
        }

        page.BeginTable(columns);
        foreach (var row in all)
        {
            page.Row(row);
        }

        page.EndTable();
    }
}
