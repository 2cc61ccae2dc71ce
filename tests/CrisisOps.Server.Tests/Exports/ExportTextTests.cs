using System.Globalization;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Exports;

/// <summary>Whatever somebody writes comes out as text, and every entry of a long incident comes out.</summary>
public sealed class ExportTextTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Hostile = "<script>alert(1)</script> | `code` **bold** [a](javascript:x) <img src=x onerror=y> &amp; \"'\n| new | row |\n# heading http://evil.example www.evil.example user@evil.example 💥";

    [Fact]
    public async Task A_text_that_would_mean_something_is_a_text_in_the_page()
    {
        var crisis = await server.StandUp(summary: "</title><script>x</script>");
        await crisis.Commander.Gives(crisis.Key, "post-note", new { text = Hostile });

        var answer = await crisis.Commander.Export(crisis.Key, "html");

        var page = answer.Html();
        page.All("script").ShouldBeEmpty();
        page.All("img").ShouldBeEmpty();
        page.All("a").ShouldBeEmpty();
        page.Table("Timeline")[^1][3].ShouldBe(Hostile);
        page.All("dd").Select(d => d.Value).ShouldContain("</title><script>x</script>");
        answer.Text.ShouldNotContain("<script", Case.Insensitive);
    }

    [Fact]
    public async Task A_text_that_would_mean_something_is_one_cell_of_a_row_in_markdown()
    {
        var crisis = await server.StandUp();
        await crisis.Commander.Gives(crisis.Key, "post-note", new { text = Hostile });

        var row = (await crisis.Commander.Export(crisis.Key, "markdown")).ShouldBe(200).Text.Split('\n').Single(line => line.Contains("alert(1)", StringComparison.Ordinal));

        // Six bars that are not escaped: five cells.
        System.Text.RegularExpressions.Regex.Count(row, "(?<!\\\\)\\|").ShouldBe(6);
        System.Text.RegularExpressions.Regex.IsMatch(row, "(?<!\\\\)[<>`*&@#\\[\\]]").ShouldBeFalse(row);
        System.Text.RegularExpressions.Regex.IsMatch(row, "http:|javascript:|www[.]").ShouldBeFalse(row);
        row.ShouldContain("💥");
        // Taken back, it says what was said, on one line.
        System.Text.RegularExpressions.Regex.Replace(row, "\\\\(.)", "$1").ShouldContain(Hostile.Replace('\n', ' '));
    }

    [Fact]
    public async Task What_the_crisis_masks_is_masked_for_everybody_but_core_though_it_was_said_before()
    {
        var crisis = await server.StandUp(summary: "A video of Jorn Falk");
        await crisis.Commander.Gives(crisis.Key, "post-note", new { text = "Jorn Falk is seen in it." });
        await crisis.Commander.Gives(crisis.Key, "mask-term", new { term = "Jorn Falk" });

        foreach (var format in (string[])["html", "markdown"])
        {
            (await crisis.Commander.Export(crisis.Key, format)).ShouldBe(200).Text.ShouldContain("Falk");
            (await crisis.Commander.Export(crisis.Key, format, "&audience=CrossFunctional")).ShouldBe(200).Text.ShouldNotContain("Falk");
            (await crisis.Commander.Export(crisis.Key, format, "&audience=Executive")).ShouldBe(200).Text.ShouldNotContain("Falk");
        }
    }

    [Fact]
    public async Task An_incident_longer_than_a_page_is_there_whole_and_once()
    {
        var crisis = await server.StandUp();
        const int notes = 1203;
        foreach (var some in Enumerable.Range(0, notes).Chunk(100))
        {
            await Task.WhenAll(some.Select(n => crisis.Commander.Gives(crisis.Key, "post-note", new { text = string.Create(CultureInfo.InvariantCulture, $"note {n} of many") })));
        }

        var said = (await crisis.Commander.Export(crisis.Key, "html")).Html().Table("Timeline").Select(r => r[3]).Where(t => t.EndsWith("of many", StringComparison.Ordinal)).ToArray();

        said.Length.ShouldBe(notes);
        said.Distinct().Count().ShouldBe(notes);
    }
}
