using System.Text.Json.Serialization;

namespace CrisisOps.Domain.Shared;

/// <summary>How bad it is; SEV1 is the worst. If unsure, take the higher one.</summary>
public enum Severity { SEV1 = 1, SEV2 = 2, SEV3 = 3, SEV4 = 4 }

/// <summary>Traffic Light Protocol 2.0; the order of the members is the order of secrecy.</summary>
public enum Tlp
{
    CLEAR,
    GREEN,
    AMBER,
    [JsonStringEnumMemberName("AMBER+STRICT")] AmberStrict,
    RED,
}

/// <summary>Where a report came from.</summary>
public enum Source
{
    UserReport, UserEscalation, TrustedPartner, TrustedFlagger, Art16Notice, Press, GovernmentOrder, GovernmentRequest,
    LawEnforcement, CourtOrder, RightsHolder, ElectionAuthority, CivilSociety, IndustryPeer, Employee,
    [JsonStringEnumMemberName("Sales/Advertiser")] SalesAdvertiser,
    OversightBody, ProactiveDetection, RiskSignal,
}

/// <summary>The part of the platform on which the content was seen.</summary>
public enum Surface
{
    Feed, Stories, ShortVideo, Live, Groups, Pages, Events, Messaging, Comments, Profile, Search, Ads, Marketplace, Other,
}

/// <summary>The policy area of an escalation; exactly one is primary. Undetermined is allowed with a deadline.</summary>
public enum PolicyArea
{
    Undetermined, DangerousOrgsAndIndividuals, ViolenceAndIncitement, CoordinatingHarm, ViolentGraphicContent, HumanExploitation,
    HatefulConduct, BullyingHarassment, IntimateImageAbuse, ChildSafety, SuicideSelfInjury, Misinformation, VoterInterference,
    CoordinatedInauthenticBehavior, FraudScams, Impersonation, Spam, Privacy, Copyright, Trademark, Counterfeit, RestrictedGoods,
    CommercePolicy, AdvertisingPolicy, AnimalWelfare, AdultNudity, OtherTerms, LocalLaw, MediaInquiry, PolicyQuestion,
}

/// <summary>Category codes of the Christchurch Call crisis pack; only the codes are public.</summary>
public enum TvecCode { TVEC1 = 1, TVEC2, TVEC3, TVEC4, TVEC5, TVEC6, TVEC7, TVEC8 }

/// <summary>A team outside Risk &amp; Response that is consulted or told.</summary>
public enum Function
{
    PublicPolicy, Legal, Sales, Product, GlobalOps, Comms, Security, ThreatIntel, HumanRights, CivilRights, Engineering,
    DataScience, LawEnforcementOutreach, Executive,
}

/// <summary>Who reads: each audience has a ceiling of secrecy and a text of its own.</summary>
public enum Audience { Core, CrossFunctional, Executive, Partner, Public }

/// <summary>What a person or a system may do at all; domain §9.6. Denied unless a command names the role.</summary>
public enum Role
{
    [JsonStringEnumMemberName("specialist")] Specialist,
    [JsonStringEnumMemberName("duty-lead")] DutyLead,
    [JsonStringEnumMemberName("policy-expert")] PolicyExpert,
    [JsonStringEnumMemberName("legal-counsel")] LegalCounsel,
    [JsonStringEnumMemberName("communications")] Communications,
    [JsonStringEnumMemberName("election-lead")] ElectionLead,
    [JsonStringEnumMemberName("partner-manager")] PartnerManager,
    [JsonStringEnumMemberName("partner")] Partner,
    [JsonStringEnumMemberName("integration")] Integration,
    [JsonStringEnumMemberName("executive")] Executive,
    [JsonStringEnumMemberName("analyst")] Analyst,
    [JsonStringEnumMemberName("admin")] Admin,
    /// <summary>Timers and reactions of the server itself; no token carries it.</summary>
    [JsonStringEnumMemberName("system")] System,
}

/// <summary>What kind of actor stands behind an event.</summary>
public enum ActorType { Specialist, System, Partner, Integration }
