namespace CrisisOps.Domain.Crises;

/// <summary>Where a crisis stands (domain §2.2, §9.1).</summary>
public enum CrisisState { None, Proposed, Active, Stabilizing, StoodDown, UnderReview, Closed, Rejected, Merged, Annulled }

/// <summary>What kind of crisis it is.</summary>
public enum CrisisType
{
    TerrorOrViolentExtremistAttack, MassCasualtyViolence, ArmedConflict, CivilUnrest, CoupOrUnconstitutionalChange, NaturalDisaster,
    PublicHealthEmergency, ElectionIntegrity, InfluenceOperation, ChildSafetyNetwork, HarmfulViralTrend, GovernmentShutdownOrBlock,
    PlatformIncidentWithSafetyImpact, DataLeak, Other,
}

/// <summary>How bad a crisis is; Level1 is the worst (critical), Level3 is elevated, to be watched.</summary>
public enum CrisisLevel { Level1 = 1, Level2 = 2, Level3 = 3 }

/// <summary>What led to the proposal.</summary>
public enum CrisisTrigger { Manual, ClusterRule, SurgeRule, RiskSignal, PartnerAlertIn, RegulatorDecision }

/// <summary>How sure it is, as CAP 1.2 names it (domain §6.1).</summary>
public enum Certainty { Observed, Likely, Possible, Unlikely, Unknown }

/// <summary>Roles of the command of a crisis (ICS). Its holders give its commands in that crisis only (domain §9.6).</summary>
public enum CommandRole
{
    IncidentCommander, Deputy, Scribe, PublicInformationOfficer, LiaisonOfficer, SafetyOfficer, OperationsSectionChief,
    PlanningSectionChief, LogisticsSectionChief, FinanceAdminSectionChief, InternalLiaison, LegalAdvisor, HumanRightsAdvisor,
    SubjectMatterExpert, RegionalLead,
}

/// <summary>What the platform can turn on for a while: policy, product, enforcement and external levers (domain §2.2).</summary>
public enum LeverKind
{
    TemporaryHighRiskLocation, EventDesignation, TimeBoundReviewerGuidance, PolicyClarification, LiveStreamRestriction, DistributionLimit,
    RecommendationExclusion, MessageForwardLimit, CommentRestriction, SearchTermBlock, FeatureLimit, WarningScreen, AuthoritativeInfoPanel,
    PoliticalAdsPause, ProfileLock, HashBankMatch, DetectionThresholdChange, DedicatedQueue, LanguageSurge, FactCheckPriority, PartnerAlert,
    HelplineSurface,
}

/// <summary>Whether a lever is on, and how it ended.</summary>
public enum LeverState { Active, Deactivated, Expired }

/// <summary>Whether an update is still held back, and how that ended.</summary>
public enum HoldState { Waiting, Posted, Withdrawn }

/// <summary>The version of a situation report, ICS-209 block 3.</summary>
public enum SitRepVersion { Initial, Update, Final }

/// <summary>Who may receive a partner alert, as CAP 1.2 names it.</summary>
public enum AlertScope { Public, Restricted, Private }

/// <summary>How a message was acknowledged or is to be followed up. A delivery receipt is not an acknowledgement.</summary>
public enum Channel
{
    Api, Webhook, Email, Phone, Chat, InPerson, Other,

    /// <summary>Read here, by whoever it is for.</summary>
    Inbox,

    /// <summary>The platform's own systems: orders to its enforcement.</summary>
    Platform,
}
