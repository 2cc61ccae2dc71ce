using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>What holds for every lever, and the levers by id.</summary>
internal static class LeverGuard
{
    private static readonly LeverKind[] _restricting =
    [
        LeverKind.LiveStreamRestriction, LeverKind.DistributionLimit, LeverKind.RecommendationExclusion, LeverKind.MessageForwardLimit, LeverKind.CommentRestriction,
        LeverKind.SearchTermBlock, LeverKind.FeatureLimit, LeverKind.PoliticalAdsPause, LeverKind.ProfileLock, LeverKind.DetectionThresholdChange,
    ];

    public static bool Restricts(LeverKind kind) => _restricting.Contains(kind);

    /// <summary>A time span that can be added to any instant; one beyond it is refused anyway.</summary>
    public static TimeSpan Bounded(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time > TimeSpan.FromDays(365) ? TimeSpan.FromDays(365) : time;

    /// <summary>How long a lever may run: 14 days, and two hours for one that its owner turns on alone.</summary>
    public static Ruling? Time(TimeSpan ttl, DateTimeOffset expires, string owner, DecisionContext context)
    {
        var rules = context.Rules.Crises;
        if (ttl <= TimeSpan.Zero || expires > context.Now + rules.LeverLimit)
        {
            return Ruling.Refuse("lever-ttl", $"A lever has an end: ttl is more than nothing and ends at most {rules.LeverLimit.TotalDays:0.#} days from now.");
        }

        return owner == context.Caller.Id && ttl > rules.LeverAloneLimit
            ? Ruling.Refuse(
                "lever-second-person",
                $"You own it and give it alone: {rules.LeverAloneLimit.TotalHours:0.#} hours at most. Name another owner, or let somebody else extend it.", "assign-role")
            : null;
    }

    public static (Lever? Lever, Ruling? Refused) ActiveLever(this Crisis state, string? id) => state.Levers.Find(l => l.LeverId == id) switch
    {
        null => (null, Ruling.Refuse("lever-active", $"There is no lever '{id}' in this crisis.")),
        { Active: false } lever => (null, Ruling.Refuse("lever-active", $"{lever.LeverId} is {lever.State}.")),
        var lever => (lever, null),
    };

    public static Crisis ChangeLever(this Crisis state, string id, Func<Lever, Lever> change)
    {
        var index = state.Levers.FindIndex(l => l.LeverId == id);
        return state with { Levers = state.Levers.SetItem(index, change(state.Levers[index])) };
    }

    /// <summary>Refused while a lever is on that nobody was named to keep.</summary>
    public static Ruling? Ended(Crisis state, IEnumerable<string>? kept = null)
    {
        string[] left = [.. state.ActiveLevers.Select(l => l.LeverId).Except(kept ?? [])];
        return left.Length > 0
            ? Ruling.Refuse("levers-ended", $"{string.Join(", ", left)} still on: end each, or at the stand-down name it in keptLevers to hand it over with its owner and expiry.", "deactivate-lever")
            : null;
    }
}
