using System.Text.Json;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Scenarios;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>The scenario of the repository, where the tests find it, and what tests make of it.</summary>
internal static class Story
{
    public static string NorlandFile => Path.Combine(Root, "ops", "scenarios", "norland.json");

    public static string Root { get; } = FindRoot();

    public static Task<Scenario> Norland() => Scenario.Read(NorlandFile, CancellationToken.None);

    public static async Task Play(Uri server, Scenario scenario)
    {
        using var http = new HttpClient { BaseAddress = server };
        await new ScenarioPlayer(http).Play(scenario, TestContext.Current.CancellationToken);
    }

    /// <summary>The story up to a step, which is taken too.</summary>
    public static Scenario Until(this Scenario story, string path) => story with { Steps = [.. story.Steps.Take(story.Number(path))] };

    /// <summary>The number of the first step with this path, as the player counts.</summary>
    public static int Number(this Scenario story, string path) => story.Steps.Index().First(s => s.Item.Path.EndsWith(path, StringComparison.Ordinal)).Index + 1;

    public static ScenarioStep Step(this Scenario story, string path) => story.Steps[story.Number(path) - 1];

    /// <summary>The story with its text changed, as if another file had been read.</summary>
    public static Scenario Rewritten(this Scenario story, Func<string, string> change) =>
        JsonSerializer.Deserialize<Scenario>(change(JsonSerializer.Serialize(story, Json.Strict)), Json.Strict)!;

    /// <summary>A step with other members in its body.</summary>
    public static ScenarioStep With(this ScenarioStep step, params (string Name, object Value)[] members)
    {
        var body = step.Body!.Value.EnumerateObject().ToDictionary(m => m.Name, m => (object)m.Value, StringComparer.Ordinal);
        foreach (var (name, value) in members)
        {
            body[name] = value;
        }

        return step with { Body = JsonSerializer.SerializeToElement(body, Json.Strict) };
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CrisisOps.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder;
    }
}
