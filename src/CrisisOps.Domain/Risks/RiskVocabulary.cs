using System.Text.Json.Serialization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>Where a signal stands (domain §2.4).</summary>
public enum RiskState { None, Captured, Corroborating, Assessed, Watching, Escalated, Dismissed, Expired }

/// <summary>What was noticed.</summary>
public enum SignalKind
{
    MediaReport, PartnerTip, OffPlatformChatter, VolumeAnomaly, ThreatIntel, CalendarEvent, ProductLaunch, PolicyChange, LegalDevelopment, HashHit,
}

/// <summary>How far whoever says it is to be trusted (the letter of the Admiralty code); F means that it can not be judged.</summary>
public enum SourceReliability { A, B, C, D, E, F }

/// <summary>How soon it may come to something; after that the signal expires.</summary>
public enum Horizon
{
    Now,
    [JsonStringEnumMemberName("24h")] Day,
    [JsonStringEnumMemberName("7d")] Week,
    [JsonStringEnumMemberName("30d")] Month,
    [JsonStringEnumMemberName("90d+")] Quarter,
}

/// <summary>How likely it is, in words that mean the same to everybody: 1–5, 5–20, 20–45, 45–55, 55–80, 80–95, 95–99 per cent.</summary>
public enum Likelihood
{
    [JsonStringEnumMemberName("almost-no-chance")] AlmostNoChance,
    [JsonStringEnumMemberName("very-unlikely")] VeryUnlikely,
    [JsonStringEnumMemberName("unlikely")] Unlikely,
    [JsonStringEnumMemberName("roughly-even-chance")] RoughlyEvenChance,
    [JsonStringEnumMemberName("likely")] Likely,
    [JsonStringEnumMemberName("very-likely")] VeryLikely,
    [JsonStringEnumMemberName("almost-certain")] AlmostCertain,
}

/// <summary>How much the assessment rests on.</summary>
public enum AnalyticConfidence { Low, Moderate, High }

/// <summary>What is to be done about it.</summary>
public enum Treatment { Escalate, ProposeCrisis, Watch, Mitigate, Accept, Dismiss }

/// <summary>The two marks of the Admiralty code.</summary>
/// <param name="Credibility">1 (confirmed by others) to 5 (improbable); 6 means that it can not be judged.</param>
public sealed record SignalGrade(SourceReliability Reliability, int Credibility)
{
    /// <summary>What we count ourselves is reliable; what it means nobody has confirmed.</summary>
    public static readonly SignalGrade OwnCount = new(SourceReliability.A, 2);

    /// <summary>Too weak to propose a crisis by itself.</summary>
    public bool Weak => Reliability >= SourceReliability.E && Credibility >= 4;

    public override string ToString() => $"{Reliability}{Credibility}";
}

/// <summary>Somebody or something else that says the same.</summary>
/// <param name="SignalKey">The other signal, if it is one.</param>
public sealed record Corroboration(string By, string? SignalKey, DateTimeOffset At);

/// <summary>What is thought of it.</summary>
/// <param name="Impact">1 (hardly any) to 5 (severe).</param>
public sealed record RiskAssessment(Likelihood Likelihood, int Impact, AnalyticConfidence Confidence, Treatment Treatment, string? Rationale, string By, DateTimeOffset At);

/// <summary>What is counted together: reports of a policy area, of a region, from one kind of source.</summary>
/// <param name="Region">ISO 3166; empty for reports that name none.</param>
public sealed record SurgeSeries(PolicyArea PolicyArea, string Region, Source Source)
{
    /// <summary>The fact that tells which signal says that there is a surge.</summary>
    public const string Fact = "surge";

    public string Id => $"{PolicyArea}/{Region}/{Source}";

    /// <summary>For people.</summary>
    public override string ToString() => $"{PolicyArea} in {(Region.Length > 0 ? Region : "no named region")} from {Source}";
}

/// <summary>The time that was counted, UTC: from, and before.</summary>
public sealed record SurgeWindow(DateTimeOffset From, DateTimeOffset Until);

/// <summary>Reports that came thicker than usual.</summary>
/// <param name="Baseline">What is usual at this hour of the week; null while less than two weeks were counted.</param>
/// <param name="ClearedAt">When it was over, UTC; null while it runs.</param>
public sealed record Surge(SurgeSeries Series, long Observed, decimal? Baseline, long Threshold, SurgeWindow Window, DateTimeOffset? ClearedAt = null);
