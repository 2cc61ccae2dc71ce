using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Escalations;
using CrisisOps.Server.Timelines;

namespace CrisisOps.Server.Streams;

/// <summary>
/// The commands a caller may give on a stream now, each with the members it needs and a body that would be accepted: found by
/// deciding each command's samples, so the list and the decisions can not disagree.
/// </summary>
public sealed class OfferedCommands(CommandCatalog catalog, DecisionContexts contexts, StreamLoader loader, StreamKinds kinds, DutyList duty, TimelineFacts timeline, MergeTargets targets)
{
    public async Task<JsonArray> For(StreamKind kind, string key, HeldState held, Caller caller, CancellationToken cancellation)
    {
        var reads = new LaneReads(loader.Load, kinds);
        var hints = await Hints(key, held, caller, reads, cancellation);
        var offered = new JsonArray();
        foreach (var entry in catalog.Of(kind))
        {
            if (await entry.Offer(held, caller, hints, contexts, reads, cancellation) is { } sample)
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

    /// <summary>What samples choose from: a stream to merge into, the newest note, the caller's duty.</summary>
    private async Task<DecisionContext> Hints(string key, HeldState held, Caller caller, LaneReads reads, CancellationToken cancellation)
    {
        var now = contexts.Now(held.RecordedAt);
        var open = await targets.For(key, caller, cancellation);
        return new DecisionContext
        {
            Now = now,
            Caller = caller,
            Key = key,
            OnDutyFor = await duty.FunctionsOf(caller.Id, now, cancellation),
            Streams = open.Count == 0 ? ImmutableDictionary<string, object>.Empty : await reads.Others([.. open], caller, cancellation),
            Entry = await timeline.NewestCorrectable(key, caller, cancellation),
        };
    }
}
