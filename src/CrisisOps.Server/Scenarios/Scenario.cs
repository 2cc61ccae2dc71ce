using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Scenarios;

/// <summary>A story to be played through the public API: docs/scenarios.md describes the file.</summary>
/// <param name="Callers">Who acts, by subject.</param>
/// <param name="Steps">In the order of their instants.</param>
/// <param name="Keys">Key counters by prefix, so that streams get the numbers of the story.</param>
public sealed record Scenario(
    string Title,
    IReadOnlyDictionary<string, ScenarioCaller> Callers,
    IReadOnlyList<ScenarioStep> Steps,
    IReadOnlyDictionary<string, long>? Keys = null,
    ScenarioDirectory? Directory = null)
{
    /// <summary>Reads a file as strictly as the API reads a body.</summary>
    public static async Task<Scenario> Read(string file, CancellationToken cancellation)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            var scenario = await JsonSerializer.DeserializeAsync<Scenario>(stream, Json.Strict, cancellation);
            return scenario ?? throw new ScenarioFailedException("The file holds no scenario.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ScenarioFailedException(exception.Message);
        }
    }
}

/// <summary>What a caller's token says; absent regions and clearance are those of <c>POST /dev/tokens</c>.</summary>
public sealed record ScenarioCaller(
    IReadOnlyList<Role> Roles, IReadOnlyList<Function>? Functions = null, IReadOnlyList<string>? Regions = null, Tlp? Clearance = null, string? Partner = null);

/// <summary>What stands in the directory before the story begins.</summary>
/// <param name="As">The caller who puts it there.</param>
/// <param name="People">Bodies by person.</param>
/// <param name="Facts">Values by kind and id.</param>
/// <param name="Duty">Bodies by function and region.</param>
public sealed record ScenarioDirectory(
    string As,
    IReadOnlyDictionary<string, JsonElement>? People = null,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? Facts = null,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>>? Duty = null);

/// <summary>One request.</summary>
/// <param name="At">The instant at which it is sent; the clock is moved there first.</param>
/// <param name="As">The caller.</param>
/// <param name="Method">POST if absent.</param>
/// <param name="OccurredAt">When it happened in the world; becomes a member of the body.</param>
/// <param name="Note">For the reader of the file.</param>
public sealed record ScenarioStep(
    DateTimeOffset At, string As, string Path, JsonElement? Body = null, string Method = "POST", DateTimeOffset? OccurredAt = null,
    ScenarioExpectation? Expect = null, string? Note = null);

/// <param name="Status">Any 2xx if absent.</param>
/// <param name="Key">The key in the answer.</param>
/// <param name="State">The state of the stream afterwards.</param>
/// <param name="Events">The types of the events that the step made.</param>
public sealed record ScenarioExpectation(int? Status = null, string? Key = null, string? State = null, IReadOnlyList<string>? Events = null);

/// <summary>A scenario that can not be read, or a step that did not go as told; the message says which and why.</summary>
public sealed class ScenarioFailedException(string message) : Exception(message);
