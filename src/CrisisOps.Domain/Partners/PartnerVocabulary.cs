namespace CrisisOps.Domain.Partners;

/// <summary>Where a partner stands (domain §2.7).</summary>
public enum PartnerState { None, Proposed, Vetted, Active, Suspended, Offboarded }

/// <summary>What kind of organisation it is.</summary>
public enum PartnerType
{
    TrustedPartner, TrustedFlagger, LawEnforcement, CompetentAuthority, DigitalServicesCoordinator, ElectionAuthority, Regulator, IndustryPeer,
    HashSharingBody, FactChecker, Helpline, Press, RightsHolder, OversightBody,
}

/// <summary>How a message to an endpoint is written: CloudEvents 1.0 or CAP 1.2 for a machine, text for a person.</summary>
public enum EndpointFormat { CloudEvents, Cap, Text }
