using System.Collections.Frozen;
using CrisisOps.Server.Deliveries;

namespace CrisisOps.Server.Telling;

/// <summary>What the texts of each kind of message may name. A text that names anything else is not taken, and nothing is sent with it.</summary>
public static class TemplateVariables
{
    // Of news of an incident.
    private static readonly FrozenSet<string> _news = Set("incident", "headline", "body", "tlp", "at", "nextAt", "nextOnChange", "last", "acknowledge", "acknowledgeBy", "unsubscribe", "quiet");

    // Of an answer to whoever raised a case.
    private static readonly FrozenSet<string> _requester = Set("reference", "outcome", "text", "at", "dueAt", "nextAt", "nextOnChange", "last");

    // Of what a partner is asked by name.
    private static readonly FrozenSet<string> _alert = Set(
        "incident", "alert", "about", "stillOpen", "partner", "headline", "text", "references", "tlp", "at", "nextAt", "nextOnChange", "last", "acknowledge", "acknowledgeBy", "code");

    private static readonly FrozenSet<string> _verification = Set("recipient", "endpoint", "confirm");
    private static readonly FrozenSet<string> _test = Set("recipient", "endpoint");

    // Of the terms, and nothing of the scope: it may name what its receiver has not been told of yet.
    private static readonly FrozenSet<string> _subscription = Set(
        "subscription", "audience", "maxTlp", "cadence", "channels", "quietFrom", "quietTo", "quietTz", "breakThrough", "ackRequired", "confirm", "unsubscribe");

    public static FrozenSet<string> Of(DeliveryKind kind) => kind switch
    {
        DeliveryKind.Alert or DeliveryKind.AlertUpdate or DeliveryKind.AlertCancel => _alert,
        DeliveryKind.Verification => _verification,
        DeliveryKind.Test => _test,
        DeliveryKind.SubscriptionRequest => _subscription,
        DeliveryKind.RequesterReceipt or DeliveryKind.RequesterOutcome or DeliveryKind.RequesterQuestion or DeliveryKind.PressLine => _requester,
        _ => _news,
    };

    /// <summary>All of them and no value yet: a text may name any, whether this message has it or not.</summary>
    public static Dictionary<string, string?> Unset(DeliveryKind kind) => Of(kind).ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);

    private static FrozenSet<string> Set(params ReadOnlySpan<string> names) => FrozenSet.Create(StringComparer.Ordinal, names);
}
