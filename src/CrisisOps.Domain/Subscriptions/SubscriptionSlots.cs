using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>
/// A subscriber has a number of places, and each open subscription holds one: so they can be counted without reading them, and two that are
/// asked for at once do not get the same.
/// </summary>
public static class SubscriptionSlots
{
    /// <summary>How many open ones a subscriber has at most.</summary>
    public const int Most = 50;

    /// <summary>The fact that tells which subscription holds a place.</summary>
    public const string Fact = "subscription-of";

    /// <summary>The places of a subscriber, by the ids of their facts.</summary>
    public static IEnumerable<string> Of(string subscriber) => Enumerable.Range(1, Most).Select(slot => Id(subscriber, slot));

    public static string Id(string subscriber, int slot) => FormattableString.Invariant($"{subscriber}/{slot}");

    /// <summary>The first place that nobody holds; null when there is none.</summary>
    internal static int? Free(string subscriber, DecisionContext context)
    {
        var slot = Enumerable.Range(1, Most).FirstOrDefault(slot => context.Fact(Fact, Id(subscriber, slot)) is null);
        return slot == 0 ? null : slot;
    }
}
