using System.Diagnostics;
using System.Text.RegularExpressions;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Docs;

/// <summary>The tour of the README, run line by line as somebody would paste it.</summary>
public sealed partial class ReadmeTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_tour_works_as_printed()
    {
        Assert.SkipUnless(await Runs("curl", "--version"), "curl is not installed");
        var tour = string.Concat(Blocks().Matches(await File.ReadAllTextAsync(Readme(), TestContext.Current.CancellationToken)).Select(block => block.Groups[1].Value));
        tour.ShouldContain("http://localhost:5080");

        var (code, printed, errors) = await Run("bash", ["-e", "-c", tour.Replace("http://localhost:5080", server.Node.Url.ToString().TrimEnd('/'), StringComparison.Ordinal)]);

        code.ShouldBe(0, errors + printed);
        errors.ShouldBeEmpty();
        // Taken, noted, acted, confirmed; refused exactly once, by the guard that the README speaks of.
        Regex.Count(printed, "\"state\":\"Investigating\",\"events\"").ShouldBe(4, printed);
        Regex.Count(printed, "/problems/").ShouldBe(1, printed);
        printed.ShouldContain("\"guard\":\"four-eyes\"");
        printed.ShouldContain("event: entry");
        printed.ShouldContain("Lead is watching.");
        Regex.Count(printed, "^/v1/escalations/ESC-.*/", RegexOptions.Multiline).ShouldBeGreaterThan(5, printed);
        printed.ShouldContain("\"why\":\"threat to life or live content; SEV1;");
    }

    private static async Task<bool> Runs(string program, params string[] arguments)
    {
        try
        {
            return (await Run(program, arguments)).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Code, string Printed, string Errors)> Run(string program, string[] arguments)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var printed = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, printed, await errors);
    }

    private static string Readme()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CrisisOps.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, "README.md");
    }

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
