using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Opens an escalation. Source and external reference together are its natural key: a twin gets the first one's answer.</summary>
/// <param name="ProposedSeverity">What the reporter thinks; absent means SEV2, and the clocks run from it until triage.</param>
/// <param name="LegalBasis">For orders and requests of authorities, for example <c>EU-TCO-Art3</c>.</param>
/// <param name="PolicyArea">What whoever reports takes it for; absent is undetermined, and the triage settles it in any case.</param>
/// <param name="ByTelephone">A government request taken by telephone in a threat to life: basis and evidence are due within 60 minutes.</param>
public sealed record RaiseEscalation(
    string Title,
    Source Source,
    Surface Surface,
    string? Allegation = null,
    Requester? Requester = null,
    string? Product = null,
    IReadOnlyList<ContentRef>? ContentRefs = null,
    IReadOnlyList<string>? Region = null,
    IReadOnlyList<string>? Language = null,
    Severity? ProposedSeverity = null,
    bool ThreatToLife = false,
    bool LiveContent = false,
    string? ExternalRef = null,
    string? LegalBasis = null,
    DateTimeOffset? HardDeadline = null,
    IReadOnlyList<string>? EvidenceRefs = null,
    bool ByTelephone = false,
    int ReportCount = 1,
    bool Exercise = false,
    PolicyArea PolicyArea = PolicyArea.Undetermined) : Command, IEscalationCommand<RaiseEscalation>
{
    /// <summary>Sources whose word is, or may be, an order.</summary>
    internal static readonly Source[] Governmental = [Source.GovernmentOrder, Source.GovernmentRequest, Source.LawEnforcement, Source.CourtOrder];

    public static CommandRule<Escalation> Rule { get; } =
        Givers.Rule("raise", Givers.ReportersAndRules, EscalationState.None) with { Opens = true };

    public static Ruling Decide(RaiseEscalation command, Escalation state, DecisionContext context)
    {
        var levels = context.Rules.ServiceLevels;
        var partner = context.Caller.Partner;
        if (context.Caller.Is(Role.Partner) && command.Requester?.PartnerId is { } other && other != partner)
        {
            return Ruling.Refuse("own-reports-only", "A partner raises reports in its own name only.");
        }

        if (command.Product is { } product && !context.Rules.Products.Contains(product))
        {
            return Ruling.Refuse("product-known", $"The product '{product}' is not configured; known are {string.Join(", ", context.Rules.Products)}.");
        }

        var owed = Governmental.Contains(command.Source) && (command.LegalBasis is null || command.EvidenceRefs is not { Count: > 0 });
        if (owed && !(command.ByTelephone && command.ThreatToLife))
        {
            return Ruling.Refuse(
                "government-intake-needs-legal-basis",
                "A government order or request needs legalBasis and at least one evidenceRef. By telephone in a threat to life, set byTelephone and threatToLife; both are then due within 60 minutes.");
        }

        var requester = context.Caller.Is(Role.Partner) ? (command.Requester ?? new Requester()) with { PartnerId = partner } : command.Requester;
        return Ruling.Accept(new EscalationRaised(
            command.Title, command.Source, command.Surface, command.Allegation, requester, command.Product ?? context.Rules.Products[0],
            command.ContentRefs ?? [], command.Region ?? [], command.Language ?? [], command.ProposedSeverity, command.ThreatToLife,
            command.LiveContent || command.Surface == Surface.Live, command.ExternalRef, command.LegalBasis, command.HardDeadline,
            command.EvidenceRefs ?? [], owed, command.ReportCount, command.Exercise, command.Tlp ?? Shared.Tlp.AMBER,
            [.. ClocksAtRaise(command, owed, context.Rules, context.Now)],
            Routing.Of(command.Source, command.PolicyArea, command.Region ?? [], context.Rules),
            command.PolicyArea));
    }

    public static IEnumerable<RaiseEscalation> Samples(Escalation state, DecisionContext context) =>
    [
        new("Posts call for violence at a polling station", Source.ProactiveDetection, Surface.Feed,
            Region: context.Caller.Regions is ["*", ..] or [] ? ["XN"] : [context.Caller.Regions[0]]),
    ];

    /// <summary>Acknowledgement and triage run from the raise, so that an item nobody touches breaches (domain §9.2).</summary>
    private static IEnumerable<Clock> ClocksAtRaise(RaiseEscalation command, bool owed, Rules rules, DateTimeOffset now)
    {
        var levels = rules.ServiceLevels;
        var level = levels.For(command.ProposedSeverity ?? Shared.Severity.SEV2);
        yield return new Clock("ACK", ClockKind.Acknowledge, now, now + level.Acknowledge, Pausable: false);
        yield return new Clock("TRIAGE", ClockKind.Triage, now, now + level.Triage, Pausable: false);
        if (command.ThreatToLife)
        {
            yield return ClockAim.Referral(levels, now);
        }

        if (owed)
        {
            yield return new Clock("LEGAL_BASIS", ClockKind.LegalBasis, now, now + levels.LegalBasisOwed, Pausable: false);
        }

        foreach (var clock in LegalProfiles.Start(command.LegalBasis, command.HardDeadline, now, rules.BusinessDays))
        {
            yield return clock;
        }
    }
}

/// <param name="Route">Absent in events from before there was a routing.</param>
/// <param name="PolicyArea">Absent, as undetermined, in events from before it could be said.</param>
public sealed record EscalationRaised(
    string Title,
    Source Source,
    Surface Surface,
    string? Allegation,
    Requester? Requester,
    string Product,
    IReadOnlyList<ContentRef> ContentRefs,
    IReadOnlyList<string> Region,
    IReadOnlyList<string> Language,
    Severity? ProposedSeverity,
    bool ThreatToLife,
    bool LiveContent,
    string? ExternalRef,
    string? LegalBasis,
    DateTimeOffset? HardDeadline,
    IReadOnlyList<string> EvidenceRefs,
    bool LegalBasisOwed,
    int ReportCount,
    bool Exercise,
    Tlp Tlp,
    IReadOnlyList<Clock> Clocks,
    Route? Route = null,
    PolicyArea PolicyArea = PolicyArea.Undetermined) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        Stage = EscalationState.Received,
        Title = Title,
        Source = Source,
        Surface = Surface,
        Allegation = Allegation,
        Requester = Requester,
        Product = Product,
        ContentRefs = [.. ContentRefs],
        Regions = [.. Region],
        Languages = [.. Language],
        ProposedSeverity = ProposedSeverity ?? Shared.Severity.SEV2,
        Flags = [.. Marks()],
        ExternalRef = ExternalRef,
        LegalBasis = LegalBasis,
        HardDeadline = HardDeadline,
        Evidence = [.. EvidenceRefs.Select(e => new Evidence(e))],
        LegalBasisOwed = LegalBasisOwed,
        ReportCount = ReportCount,
        Exercise = Exercise,
        Tlp = Tlp,
        Clocks = [.. Clocks],
        Route = Route,
        PolicyArea = PolicyArea,
        OccurredAt = stamp.OccurredAt,
        RaisedAt = stamp.RecordedAt,
        RaisedBy = stamp.Actor,
        // RED names its readers; whoever raised it is the first, or nobody could take it up.
        NamedReaders = Tlp == Tlp.RED ? [stamp.Actor] : [],
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Raised, $"Raised from {Source}{(Route is { } route ? $", to {route.Desk}" : "")}: {Title}", Allegation)
            .ToCrossFunctional($"Raised: {Title}")
            .ToExecutive($"Raised: {Title}")
            .ToPartner("We have received your report");

    private IEnumerable<Flag> Marks()
    {
        if (ThreatToLife)
        {
            yield return Flag.ThreatToLife;
        }

        if (LiveContent)
        {
            yield return Flag.LiveContent;
        }

        if (LegalBasis is not null || HardDeadline is not null)
        {
            yield return Flag.LegalOrder;
        }
    }
}
