using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Risks;
using CrisisOps.Server.Deliveries;

namespace CrisisOps.Server.Telling;

/// <summary>That an event is news, and of what kind.</summary>
/// <param name="About">What it says, by the id that its stream has for it; absent means the version of its entry.</param>
/// <param name="NextAt">When the next message comes, if somebody said so, UTC.</param>
/// <param name="Corrects">The entry that it takes back or replaces, by version.</param>
/// <param name="AckDueAt">Until when somebody has to say that they read it, UTC.</param>
public sealed record News(DeliveryKind Kind, string? About = null, DateTimeOffset? NextAt = null, long? Corrects = null, DateTimeOffset? AckDueAt = null)
{
    /// <summary>Told to those who were told before that there is something, and to nobody else: it is over.</summary>
    public bool Ends => Kind is DeliveryKind.AllClear or DeliveryKind.DeclaredInError;

    /// <summary>For the persons that it names only.</summary>
    public bool Personal => Kind is DeliveryKind.RoleAssigned or DeliveryKind.Page or DeliveryKind.Consult;

    /// <summary>Never kept for a digest: what was wrong, that it is over, and what somebody has to do.</summary>
    public bool ByItself => Ends || Personal || Kind is DeliveryKind.Correction or DeliveryKind.Withdrawal or DeliveryKind.Initial;

    /// <summary>Null when the event is no news.</summary>
    public static News? Of(object @event) => @event switch
    {
        CrisisDeclared e => new(DeliveryKind.Initial, NextAt: e.NextSitRepDue),
        CrisisUpdatePosted e => new(DeliveryKind.Update, e.UpdateId, e.NextUpdateAt, AckDueAt: e.AckDueAt),
        CrisisUpdateCorrected e => new(DeliveryKind.Correction, e.UpdateId, Corrects: e.Entry),
        CrisisEntryRedacted e => new(DeliveryKind.Withdrawal, Corrects: e.Entry),
        SitRepPublished e => new(DeliveryKind.SitRep, $"SitRep-{e.Number}", e.NextDue),
        CrisisLevelChanged e => new(DeliveryKind.LevelChange, NextAt: e.NextSitRepDue),
        CrisisStabilized e => new(DeliveryKind.Stabilised, NextAt: e.NextSitRepDue),
        CrisisReescalated e => new(DeliveryKind.Reopened, NextAt: e.NextSitRepDue),
        CrisisReactivated e => new(DeliveryKind.Reopened, NextAt: e.NextSitRepDue),
        CrisisStoodDown or CrisisMerged => new(DeliveryKind.AllClear),
        CrisisDeclarationAnnulled => new(DeliveryKind.DeclaredInError),
        SurgeDetected or CrisisProposed or SitRepOverdue or CrisisUpdateOverdue or CrisisUpdateAckOverdue or PartnerAckOverdue => new(DeliveryKind.Page),
        CommandRoleAssigned or CommandTransferred or CommandAssumed => new(DeliveryKind.RoleAssigned),
        EscalationTriaged or SeverityChanged or EscalationReopened or EscalationResolved => new(DeliveryKind.CaseUpdate),
        EscalationAssigned or EscalationReassigned or SlaBreached or LegalDeadlineMissed => new(DeliveryKind.Page),
        InputRequested { External: false } e => new(DeliveryKind.Consult, e.ConsultId, AckDueAt: null),
        EntryRedacted e => new(DeliveryKind.Withdrawal, Corrects: e.Entry),
        ElectionEntryRedacted e => new(DeliveryKind.Withdrawal, Corrects: e.Entry),
        SourceFellSilent => new(DeliveryKind.Page),
        ElectionPhaseEntered or PostureChanged => new(DeliveryKind.ElectionUpdate),
        _ => null,
    };
}
