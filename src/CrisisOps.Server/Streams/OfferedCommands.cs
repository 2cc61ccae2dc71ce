using System.Text.Json.Nodes;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;

namespace CrisisOps.Server.Streams;

/// <summary>
/// The commands a caller may give on a stream now, each with the members it needs and a body that would be accepted: found by
/// deciding each command's samples, so the list and the decisions can not disagree.
/// </summary>
public sealed class OfferedCommands(CommandCatalog catalog, DecisionContexts contexts, CandidateSearch search, StreamLoader loader, StreamKinds kinds, DutyList duty)
{
    public async Task<JsonArray> For(StreamKind kind, string key, HeldState held, Caller caller, CancellationToken cancellation)
    {
        var trial = await Trial(key, held, caller, cancellation);
        var offered = new JsonArray();
        foreach (var entry in catalog.Of(kind))
        {
            if (await entry.Offer(trial, cancellation) is { } sample)
            {
                offered.Add(new JsonObject
                {
                    ["name"] = entry.Name,
                    ["href"] = entry.Path.Replace("{key}", key, StringComparison.Ordinal),
                    ["needs"] = new JsonArray([.. entry.Needs.Select(n => (JsonNode?)n)]),
                    ["sample"] = JsonNode.Parse(sample.GetRawText()),
                });
            }
        }

        return offered;
    }

    /// <summary>For those who ask about a few commands only.</summary>
    public async Task<SampleTrial> Trial(string key, HeldState held, Caller caller, CancellationToken cancellation)
    {
        var now = contexts.Now(held.RecordedAt);
        var hints = new DecisionContext { Now = now, Caller = caller, Key = key, OnDutyFor = await duty.FunctionsOf(caller.Id, now, cancellation) };
        return new SampleTrial(held, hints, contexts, search, new LaneReads(loader.Load, kinds));
    }
}
