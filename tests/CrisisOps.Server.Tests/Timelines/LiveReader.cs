using System.Net.Http.Headers;
using System.Text.Json;
using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>A client of a live timeline that keeps what it got and comes back with the last id it saw.</summary>
/// <param name="lastId">Where to begin; null means the start.</param>
public sealed class LiveReader(string key, string? lastId = null)
{
    private string? _lastId = lastId;

    /// <summary>The versions received, in order of receipt.</summary>
    public List<long> Versions { get; } = [];

    /// <summary>Names and data of every event received.</summary>
    public List<(string Name, JsonElement Data)> Events { get; private set; } = [];

    /// <summary>The ids of the entries received, in order of receipt.</summary>
    public string[] Ids => [.. Events.Where(e => e.Name == "entry").Select(e => e.Data.Id())];

    public bool Saw(string headline) => Events.Any(e => e.Name == "entry" && e.Data.Headline() == headline);

    /// <param name="what"><c>entryId</c>, <c>stream</c> or <c>timeline</c>.</param>
    public bool Hid(string what, string which) => Events.Any(e => e.Name == "hidden" && e.Data.TryGetProperty(what, out var hidden) && hidden.GetString() == which);

    public long[] VersionsOf(string stream) =>
        [.. Events.Where(e => e.Name == "entry" && e.Data.GetProperty("stream").GetString() == stream).Select(e => e.Data.GetProperty("version").GetInt64())];

    /// <summary>Reads from one node until told to stop, or until enough is there.</summary>
    public async Task Read(TestNode node, string token, Func<LiveReader, bool> enough, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = node.Url };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/timelines/{key}/live");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (_lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", _lastId);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        string? id = null, name = null, data = null;
        while (!enough(this) && await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length == 0 && data is not null)
            {
                Take(id, name!, data);
                (id, name, data) = (null, null, null);
            }

            id = line.StartsWith("id: ", StringComparison.Ordinal) ? line[4..] : id;
            name = line.StartsWith("event: ", StringComparison.Ordinal) ? line[7..] : name;
            data = line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : data;
        }
    }

    private void Take(string? id, string name, string data)
    {
        // As a browser does it: an event without an id leaves the last one standing.
        _lastId = id ?? _lastId;
        var json = JsonDocument.Parse(data).RootElement;
        Events = [.. Events, (name, json)]; // never changed in place: tests look while it grows
        if (name == "entry" && json.TryGetProperty("version", out var version))
        {
            Versions.Add(version.GetInt64());
        }
    }
}
