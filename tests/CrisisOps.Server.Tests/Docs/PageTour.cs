using System.Diagnostics;
using System.Text.RegularExpressions;
using Shouldly;

namespace CrisisOps.Server.Tests.Docs;

/// <summary>The shell lines of a page, run one after the other as somebody would paste them.</summary>
internal static partial class PageTour
{
    /// <param name="page">From the root of the repository.</param>
    /// <returns>What was printed.</returns>
    public static Task<string> Play(string page, Uri server) => Play([page], server);

    /// <summary>One page after the other in the same shell, in a folder of its own.</summary>
    public static async Task<string> Play(string[] pages, Uri server)
    {
        Assert.SkipUnless(await Runs("curl", "--version"), "curl is not installed");
        var tour = "cd \"$(mktemp -d)\"\n";
        foreach (var page in pages)
        {
            tour += string.Concat(Blocks().Matches(await File.ReadAllTextAsync(Path.Combine(Root(), page), TestContext.Current.CancellationToken)).Select(block => block.Groups[1].Value));
        }

        tour.ShouldContain("http://localhost:5080");

        var (code, printed, errors) = await Run("bash", ["-e", "-c", tour.Replace("http://localhost:5080", server.ToString().TrimEnd('/'), StringComparison.Ordinal)]);

        code.ShouldBe(0, errors + printed);
        errors.ShouldBeEmpty();
        return printed;
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

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CrisisOps.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
