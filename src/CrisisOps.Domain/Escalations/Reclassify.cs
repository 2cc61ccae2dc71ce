using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Corrects what a case is, in any open state (domain §9.4). A new mark starts its clock: threat to life, legal order,
/// undetermined policy area. Moved under the floor of an election phase, the case is raised to the floor.
/// </summary>
/// <param name="Flags">The whole new set; absent leaves the marks as they are.</param>
/// <param name="LegalBasis">Marks the case as a legal order, received when this happened (<c>occurredAt</c>).</param>
/// <param name="HardDeadline">The deadline the order itself sets; marks the case as a legal order too.</param>
public sealed record Reclassify(
    string? Product = null,
    PolicyArea? PolicyArea = null,
    IReadOnlyList<string>? Region = null,
    IReadOnlyList<string>? Language = null,
    IReadOnlyList<Flag>? Flags = null,
    Surface? Surface = null,
    string? LegalBasis = null,
    DateTimeOffset? HardDeadline = null) : Command, IEscalationCommand<Reclassify>, INamesFacts<Escalation>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("reclassify", Givers.Specialists);

    public IEnumerable<(string Kind, string Id)> Facts(Escalation state) => ElectionFloor.Facts(Region ?? state.Regions);

    public static Ruling Decide(Reclassify command, Escalation state, DecisionContext context)
    {
        if (command.Region is { Count: 0 })
        {
            return Ruling.Refuse("region-set", "A case has at least one region.");
        }

        if (command.Product is { } product && !context.Rules.Products.Contains(product))
        {
            return Ruling.Refuse("product-known", $"The product '{product}' is not configured; known are {string.Join(", ", context.Rules.Products)}.");
        }

        if (state.LegalBasisOwed && command.LegalBasis is not null)
        {
            return Ruling.Refuse("legal-basis-owed", "The legal basis of this request is owed since the raise; supply it with its evidence.", "supply-legal-basis");
        }

        var marks = Marks(command, state);
        return MarkGuard(command, state, marks) is { } refused ? refused : Changed(command, state, marks, context);
    }

    public static IEnumerable<Reclassify> Samples(Escalation state, DecisionContext context) =>
        [new(Flags: state.Has(Flag.Newsworthy) ? state.Flags.Remove(Flag.Newsworthy) : state.Flags.Add(Flag.Newsworthy))];

    private static IReadOnlyList<Flag> Marks(Reclassify command, Escalation state)
    {
        IEnumerable<Flag> marks = command.Flags ?? state.Flags;

        // As at the raise: a live surface is live content unless the caller lists the marks, and an order's basis marks an order.
        marks = command is { Surface: Shared.Surface.Live, Flags: null } && state.Surface != Shared.Surface.Live ? marks.Append(Flag.LiveContent) : marks;
        marks = command.LegalBasis is not null || command.HardDeadline is not null ? marks.Append(Flag.LegalOrder) : marks;
        return [.. marks.Distinct()];
    }

    private static Ruling? MarkGuard(Reclassify command, Escalation state, IReadOnlyList<Flag> marks)
    {
        if (state.Has(Flag.LegalOrder) && !marks.Contains(Flag.LegalOrder))
        {
            return Ruling.Refuse("legal-order-kept", "Only Legal takes the mark of a legal order away, by voiding the order.", "void-legal-order");
        }

        if (marks.Contains(Flag.LegalOrder) && !state.Has(Flag.LegalOrder) && (command.LegalBasis ?? state.LegalBasis) is null && (command.HardDeadline ?? state.HardDeadline) is null)
        {
            return Ruling.Refuse("legal-order-has-basis", "A legal order needs its legalBasis or its hardDeadline, which starts the clock.");
        }

        return state.Has(Flag.ThreatToLife) && !marks.Contains(Flag.ThreatToLife) && state.Clocks.Find(ClockKind.ThreatToLifeReferral) is not null
            ? Ruling.Refuse("referral-decided", "While the referral is undecided the threat to life stands: refer it, or decline with a reason.", "refer-to-law-enforcement", "decline-referral")
            : null;
    }

    private static Ruling Changed(Reclassify command, Escalation state, IReadOnlyList<Flag> marks, DecisionContext context)
    {
        var area = command.PolicyArea ?? state.PolicyArea;
        var regions = command.Region ?? state.Regions;
        Severity? raised = ElectionFloor.Of(area, regions, context) is { } floor && state.EffectiveSeverity > floor ? floor : null;
        var reclassified = new EscalationReclassified(
            command.Product ?? state.Product ?? context.Rules.Products[0], area, regions, command.Language ?? state.Languages, marks, command.Surface ?? state.Surface,
            command.LegalBasis ?? state.LegalBasis, command.HardDeadline ?? state.HardDeadline, raised, [.. Reclassification.Clocks(command, state, area, marks, raised, context)],
            Routing.Anew(state, area, regions, context.Rules));
        return reclassified.Changes(state)
            ? Ruling.Accept(reclassified)
            : Ruling.Refuse("classification-changes", "This case is classified so already.");
    }
}

/// <summary>How the case stands classified now, all of it.</summary>
/// <param name="Severity">Raised to the floor of an election phase; null when the severity stays.</param>
/// <param name="Clocks">The clocks started or aimed anew.</param>
/// <param name="Route">Where what was learned sends it; null when it stays.</param>
public sealed record EscalationReclassified(
    string Product,
    PolicyArea PolicyArea,
    IReadOnlyList<string> Region,
    IReadOnlyList<string> Language,
    IReadOnlyList<Flag> Flags,
    Surface Surface,
    string? LegalBasis,
    DateTimeOffset? HardDeadline,
    Severity? Severity,
    IReadOnlyList<Clock> Clocks,
    Route? Route = null) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp)
    {
        var clocks = PolicyArea == PolicyArea.Undetermined ? state.Clocks : state.Clocks.Meet(ClockKind.PolicyArea, stamp.OccurredAt, stamp.RecordedAt);
        clocks = clocks.Stop(c => c.Kind == ClockKind.FirstResponse && Clocks.Any(started => started.Legal), stamp.RecordedAt);
        var next = state with
        {
            Product = Product,
            PolicyArea = PolicyArea,
            Regions = [.. Region],
            Languages = [.. Language],
            Flags = [.. Flags],
            Surface = Surface,
            LegalBasis = LegalBasis,
            HardDeadline = HardDeadline,
            Clocks = clocks,
            Route = Route ?? state.Route,
        };
        return Severity is { } floor
            ? next.AtSeverity(floor, Clocks, stamp) with { LastSeverityRaise = null }
            : (next with { Clocks = clocks.AimAll(Clocks) }).RousedIfUrgent();
    }

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        var told = string.Join("; ", Reclassification.Told(before, after)) is { Length: > 0 } changes ? changes : "legal order";
        var basis = before.LegalBasis == after.LegalBasis ? null : $"legal basis {after.LegalBasis}";
        return new Entry(EntryKind.StateChange, $"Reclassified: {told}{(Route is { } route ? $"; to {route.Desk}" : "")}", basis)
            .ToCrossFunctional($"Reclassified: {told}")
            .ToExecutive(Severity is { } floor ? $"Reclassified, now {floor}" : "Reclassified")
            .LearnedLate(before, after);
    }

    internal bool Changes(Escalation state) =>
        Product != state.Product || PolicyArea != state.PolicyArea || Surface != state.Surface || LegalBasis != state.LegalBasis
        || HardDeadline != state.HardDeadline || Severity is not null
        || !Region.SequenceEqual(state.Regions) || !Language.SequenceEqual(state.Languages) || !Flags.ToHashSet().SetEquals(state.Flags);
}
