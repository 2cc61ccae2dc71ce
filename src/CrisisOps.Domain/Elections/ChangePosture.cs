using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>
/// How the company stands towards the election. An operations center has a planned end, and people on shift until then; it is extended
/// by planning it anew (domain §2.3).
/// </summary>
/// <param name="PlannedUntil">Of an operations center, at most 30 days ahead.</param>
/// <param name="UnstaffedReason">Why it opens although the shifts are not staffed; recorded, so that nobody is held up at night.</param>
public sealed record ChangePosture(ElectionPosture Posture, DateTimeOffset? PlannedUntil = null, string? UnstaffedReason = null)
    : Command, IElectionCommand<ChangePosture>, INamesFacts<ElectionEvent>
{
    /// <summary>The fact that tells, by the key of the election, whether its shifts are staffed: <c>yes</c>, or whatever is missing.</summary>
    public const string StaffedShiftsFact = "staffed-shifts";

    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.WhileOpen("change-posture", ElectionGivers.Leads);

    public IEnumerable<(string Kind, string Id)> Facts(ElectionEvent state) => Posture == ElectionPosture.OperationsCenter ? [(StaffedShiftsFact, state.Key)] : [];

    public static Ruling Decide(ChangePosture command, ElectionEvent state, DecisionContext context)
    {
        if (command.Posture == state.Posture && command.PlannedUntil == state.PostureUntil)
        {
            return Ruling.Refuse("posture-changes", $"It is {state.Posture} already.");
        }

        if (command.Posture != ElectionPosture.OperationsCenter)
        {
            return command.PlannedUntil is null
                ? Ruling.Accept(new PostureChanged(state.Posture, command.Posture, null))
                : Ruling.Refuse("planned-until", "Only an operations center has a planned end.");
        }

        var limit = context.Rules.Elections.OperationsCenterLimit;
        if (command.PlannedUntil is not { } until || until <= context.Now || until - context.Now > limit)
        {
            return Ruling.Refuse("planned-until", $"An operations center is time-boxed: plannedUntil lies ahead, at most {limit.TotalDays:0.#} days.");
        }

        var staffed = context.Fact(StaffedShiftsFact, state.Key);
        var reason = string.IsNullOrWhiteSpace(command.UnstaffedReason) ? null : command.UnstaffedReason;
        return staffed == "yes" || reason is not null
            ? Ruling.Accept(new PostureChanged(state.Posture, command.Posture, until.ToUniversalTime(), staffed == "yes" ? null : reason))
            : Ruling.Refuse("staffed-shifts", $"An operations center needs staffed shifts for its window ({staffed ?? "nothing is known of them"}); staff them, or say in unstaffedReason why it opens without.");
    }

    public static IEnumerable<ChangePosture> Samples(ElectionEvent state, DecisionContext context) =>
    [
        new(ElectionPosture.OperationsCenter, context.Now.AddDays(4), "the lead and the backup take turns until the shifts are staffed"),
        .. Enum.GetValues<ElectionPosture>().Where(p => p != ElectionPosture.OperationsCenter && p != state.Posture).Select(p => new ChangePosture(p)),
    ];
}

/// <param name="UnstaffedReason">Why it opened although the shifts were not staffed; null when they were, or are not asked for.</param>
/// <param name="Ended">The planned end came.</param>
public sealed record PostureChanged(ElectionPosture From, ElectionPosture To, DateTimeOffset? PlannedUntil, string? UnstaffedReason = null, bool Ended = false) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with
    {
        Posture = To,
        PostureUntil = PlannedUntil,
        PostureGeneration = state.PostureGeneration + 1,
    };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        var until = PlannedUntil is { } at ? $"until {ScheduleGuard.Text(at)}" : null;
        string?[] parts = [until, UnstaffedReason is null ? null : $"shifts are not staffed: {UnstaffedReason}", Ended ? "its planned end came" : null];
        var headline = From == To ? $"{To} planned anew" : $"{From} to {To}";
        return new Entry(EntryKind.StateChange, headline, string.Join("; ", parts.OfType<string>()) is { Length: > 0 } body ? body : null).ToCrossFunctional().ToExecutive(headline, until);
    }
}
