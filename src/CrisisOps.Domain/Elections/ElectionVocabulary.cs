namespace CrisisOps.Domain.Elections;

/// <summary>Where an election stands (domain §2.3). The order of the members is the order in which the phases follow each other.</summary>
public enum ElectionPhase { None, Registered, Assessed, PreElection, SilencePeriod, Voting, Counting, Certification, PostElection, Closed, Cancelled }

/// <summary>What is voted on.</summary>
public enum ElectionType { Presidential, Parliamentary, Local, Referendum, SupranationalParliament, Primary, ByElection }

/// <summary>How much is to be expected of it; High is the worst.</summary>
public enum RiskTier { High, Medium, Low, WatchOnly }

/// <summary>How the company stands towards the election. An operations center is time-boxed and cross-functional.</summary>
public enum ElectionPosture { Baseline, Heightened, OperationsCenter, WindDown }

/// <summary>Who or what began a phase.</summary>
public enum PhaseTrigger { Manual, Schedule }

/// <summary>What the platform can turn on for an election (domain §2.3).</summary>
public enum ElectionMeasureKind
{
    VoterInfoPanel, VoterInterferenceEnforcement, PoliticalAdsPause, PrematureVictoryLabels, ResultsPanel, CandidateProtection,
    ImpersonationSweep, FactCheckPriority, ForwardLimit, SyntheticMediaLabelling, AuthorityHotline,
}
