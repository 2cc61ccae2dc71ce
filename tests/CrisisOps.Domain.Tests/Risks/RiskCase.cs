using System.Collections.Immutable;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Risks;

/// <summary>Given, when, then for one risk signal.</summary>
public sealed class RiskCase() : Given<RiskSignal, RiskCase>(RiskSignal.None with { Key = RiskCase.Key }, Known())
{
    public const string Key = "RSK-2027-000001";
    public const string Second = "RSK-2027-000002";
    public static readonly DateTimeOffset Start = new(2027, 5, 15, 3, 0, 0, TimeSpan.Zero);

    public static readonly Caller Specialist = Person("spec-04", Role.Specialist);
    public static readonly Caller Lead = Person("lead-01", Role.DutyLead);
    public static readonly Caller Analyst = Person("data-02", Role.Analyst);

    public static CaptureSignal Capture { get; } = new(
        SignalKind.OffPlatformChatter, "A call to block polling stations spreads", "messenger groups", Region: ["XN"], PolicyArea: PolicyArea.VoterInterference);

    public static DetectSurge Surge { get; } = new(new SurgeSeries(PolicyArea.ViolenceAndIncitement, "XN", Source.UserReport), 34, 6.25m, 28, Start);

    public static RiskCase Captured(Func<CaptureSignal, CaptureSignal>? with = null) => new RiskCase().When(with is null ? Capture : with(Capture)).ShouldBeAccepted();

    public static RiskCase Graded(SourceReliability reliability = SourceReliability.B, int credibility = 2) => Captured().When(new GradeSignal(reliability, credibility)).ShouldBeAccepted();

    public static RiskCase Surging() => new RiskCase().When(Surge, Caller.System).ShouldBeAccepted();

    public static Caller Person(string id, params Role[] roles) => new(id, ActorType.Specialist, roles.ToHashSet(), new HashSet<Function>(), ["*"], Tlp.RED);

    /// <summary>With a second signal beside it.</summary>
    public RiskCase Beside(Func<RiskSignal, RiskSignal> second) => Knowing(c => c with
    {
        Streams = c.Streams.SetItem(Second, second(Other)),
    });

    public override RiskSignal Fold(RiskSignal state, object @event, Stamp stamp) => RiskSignal.Fold(state, @event, stamp);

    /// <summary>The timeline entry of the newest event.</summary>
    public Entry Told() => ToldAt(^1)!;

    private static RiskSignal Other { get; } = new()
    {
        Key = Second,
        Version = 2,
        Stage = RiskState.Corroborating,
        Kind = SignalKind.ThreatIntel,
        Origin = "a monitoring partner",
        Regions = ["XN-01"],
        Grade = new SignalGrade(SourceReliability.B, 2),
    };

    private static DecisionContext Known() => new()
    {
        Now = Start,
        Caller = Specialist,
        Key = Key,
        Streams = new Dictionary<string, object>
        {
            [Second] = Other,
            ["ESC-2027-000105"] = new Escalation { Key = "ESC-2027-000105", Stage = EscalationState.Investigating },
            ["ESC-2027-000106"] = new Escalation { Key = "ESC-2027-000106", Stage = EscalationState.Investigating, Exercise = true },
            ["CR-2027-0007"] = new Crisis { Key = "CR-2027-0007", Stage = CrisisState.Active },
        }.ToImmutableDictionary(),
    };
}
