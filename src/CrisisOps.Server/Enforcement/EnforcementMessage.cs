using System.Collections.Immutable;
using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Enforcement;

/// <summary>
/// An order as a CloudEvent 1.0, structured: which actions, on which content, where. No URL, no reporter, no reasons: the platform's systems
/// need none of it, and it would lie in their logs.
/// </summary>
/// <param name="Id">Of the delivery; what comes back names it.</param>
/// <param name="Subject">The decision, or the interim action.</param>
/// <param name="Time">UTC; when the decision was made.</param>
/// <param name="Severitynumber">Ascends with severity: SEV1 is 4.</param>
public sealed record EnforcementMessage(
    string Specversion, string Id, string Source, string Type, string Subject, DateTimeOffset Time, DateTimeOffset Recordedtime, string Datacontenttype, string Dataclassification,
    string Severitytext, int Severitynumber, EnforcementData Data)
{
    public const string Ordered = "org.crisisops.escalation.EnforcementOrdered.v1";
    public const string Ended = "org.crisisops.escalation.EnforcementEnded.v1";

    /// <summary>The bytes of an order.</summary>
    /// <param name="id">Of the delivery.</param>
    public static RenderedMessage Of(EnforcementOrder order, Escalation state, string id, Stamp stamp)
    {
        var message = new EnforcementMessage(
            "1.0", id, $"/v1/escalations/{state.Key}", order.Ends ? Ended : Ordered, order.About, stamp.OccurredAt, stamp.RecordedAt, "application/json", TlpNames.Of(state.Tlp),
            state.EffectiveSeverity.ToString(), 5 - (int)state.EffectiveSeverity,
            new EnforcementData(
                id, state.Key, state.Decision?.DecisionKey == order.About ? order.About : null, order.Actions, [.. state.ContentRefs.Select(c => new OrderedContent(c.ItemId, c.ItemType))],
                [.. order.TerritorialScope], order.ExpiresAt, state.Exercise));
        var subject = $"{(order.Ends ? "Undo" : "Order")} {order.About}";
        return new RenderedMessage(
            subject, "application/cloudevents+json", JsonSerializer.SerializeToUtf8Bytes(message, Json.Stored), $"{subject}: {string.Join(", ", order.Actions.Select(a => a.Action))}");
    }
}

/// <summary>What is ordered.</summary>
/// <param name="Order">The id of the delivery, as the confirmation names it.</param>
/// <param name="Decision">Null for an interim action.</param>
/// <param name="Content">What it is about, by the platform's own ids; an empty list means what the case says in words.</param>
/// <param name="TerritorialScope">Region codes, or <c>Global</c>.</param>
/// <param name="ExpiresAt">UTC; when an interim action ends unless it is confirmed. Its end is ordered when it comes.</param>
public sealed record EnforcementData(
    string Order, string Escalation, string? Decision, ImmutableArray<OrderedAction> Actions, ImmutableArray<OrderedContent> Content, ImmutableArray<string> TerritorialScope,
    DateTimeOffset? ExpiresAt, bool Exercise);

/// <summary>A piece of content by the platform's own id.</summary>
public sealed record OrderedContent(string ItemId, string ItemType);
