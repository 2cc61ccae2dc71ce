using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Intake;

/// <summary>Given, when, then for one source of alerts.</summary>
public sealed class SourceCase()
    : Given<AlertSource, SourceCase>(AlertSource.None with { Key = SourceCase.Key }, new DecisionContext { Now = Start, Caller = Manager, Key = SourceCase.Key })
{
    public const string Key = "SRC-001";
    public static readonly DateTimeOffset Start = new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static readonly Caller Manager = Person("pm-01", Role.PartnerManager);
    public static readonly Caller Admin = Person("admin-01", Role.Admin);
    public static readonly Caller Lead = Person("lead-01", Role.DutyLead);

    public static RegisterSource Registration { get; } = new("OpenHash matches", Source.IndustryPeer, "OpenHash Exchange", [AlertFormat.CloudEvents], Regions: ["XN"], Surface: Surface.Feed);

    public static SourceCase Registered(Func<RegisterSource, RegisterSource>? with = null) =>
        new SourceCase().When(with is null ? Registration : with(Registration)).ShouldBeAccepted();

    /// <summary>With a key KEY-1.</summary>
    public static SourceCase Keyed(TimeSpan? validFor = null) => Registered().When(new IssueKey("ingest host", validFor).Hashed("hash-1")).ShouldBeAccepted();

    public static SourceCase Suspended() => Keyed().When(new SuspendSource("it floods")).ShouldBeAccepted();

    public static Caller Person(string id, params Role[] roles) => new(id, ActorType.Specialist, roles.ToHashSet(), new HashSet<Function>(), ["*"], Tlp.RED);

    public SourceCase Heard(DateTimeOffset at) => Knowing(c => c with { Facts = c.Facts.SetItem($"source-heard/{Key}", at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture)) });

    public override AlertSource Fold(AlertSource state, object @event, Stamp stamp) => AlertSource.Fold(state, @event, stamp);

    /// <summary>The timeline entry of the newest event.</summary>
    public Entry Told() => ToldAt(^1)!;
}
