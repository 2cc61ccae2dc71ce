using CrisisOps.Server.Scenarios;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>The scenario of the repository, where the tests find it.</summary>
internal static class Story
{
    public static string NorlandFile => Path.Combine(Root(), "ops", "scenarios", "norland.json");

    public static Task<Scenario> Norland() => Scenario.Read(NorlandFile, CancellationToken.None);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CrisisOps.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder;
    }
}
