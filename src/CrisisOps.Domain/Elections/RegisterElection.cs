using System.Text.RegularExpressions;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Opens an election event: one for each region, type and day (domain §2.3).</summary>
/// <param name="Region">The country (ISO 3166-1) or the subdivision (ISO 3166-2) that votes, for example <c>XN</c> or <c>XN-01</c>; <c>EU</c> for its parliament.</param>
/// <param name="Tz">IANA id of the zone in which local times are meant, for example <c>Europe/Vienna</c>.</param>
/// <param name="Authority">Who holds the election and announces its result.</param>
/// <param name="Round">Absent means the first.</param>
/// <param name="Contacts">Opaque references to contacts of the authority; never a name or an address.</param>
public sealed partial record RegisterElection(
    string Region,
    ElectionType ElectionType,
    string Tz,
    string Authority,
    DateOnly ElectionDay,
    int? Round = null,
    IReadOnlyList<string>? Contacts = null,
    IReadOnlyList<PlannedMeasure?>? MeasurePlan = null,
    string? Title = null,
    bool Exercise = false) : Command, IElectionCommand<RegisterElection>, INamesFacts<ElectionEvent>
{
    public static CommandRule<ElectionEvent> Rule { get; } =
        new("register", ElectionGivers.Lead, state => state.Stage == ElectionPhase.None) { Opens = true };

    public IEnumerable<(string Kind, string Id)> Facts(ElectionEvent state) =>
        [(ElectionDayGuard.OpenElectionFact, ElectionDayGuard.FactId(Region, ElectionType, ElectionDay, Exercise))];

    public static Ruling Decide(RegisterElection command, ElectionEvent state, DecisionContext context)
    {
        if (command.Region is null || !RegionCode().IsMatch(command.Region))
        {
            return Ruling.Refuse("region-code", $"'{command.Region}' is no country such as XN and no subdivision such as XN-01.");
        }

        if (LocalTime.Zone(command.Tz) is null)
        {
            return Ruling.Refuse("zone-known", $"'{command.Tz}' is no zone that is known here; name it as Area/Place, for example Europe/Vienna, or UTC.");
        }

        if (string.IsNullOrWhiteSpace(command.Authority))
        {
            return Ruling.Refuse("authority-given", "Say in authority who holds the election.");
        }

        if (command.Round is < 1 or > 9)
        {
            return Ruling.Refuse("round-range", "round is 1 to 9.");
        }

        if (command.Facts(state).Select(f => context.Fact(f.Kind, f.Id)).FirstOrDefault() is { } open)
        {
            return Ruling.Refuse("one-open-election", $"{open} is open for {command.ElectionType} in {command.Region} on {command.ElectionDay:yyyy-MM-dd}; go on there.");
        }

        var (plan, unfit) = MeasureGuard.Plan(command.MeasurePlan, command.Region, context);
        return unfit ?? Ruling.Accept(new ElectionRegistered(
            command.Region, command.ElectionType, command.Round ?? 1, command.Tz, command.Authority, command.ElectionDay, [.. (command.Contacts ?? []).OfType<string>()], plan,
            string.IsNullOrWhiteSpace(command.Title) ? $"{command.ElectionType}, {command.Region}, {command.ElectionDay:yyyy-MM-dd}" : command.Title, command.Exercise,
            command.Tlp ?? Shared.Tlp.AMBER));
    }

    public static IEnumerable<RegisterElection> Samples(ElectionEvent state, DecisionContext context) =>
    [
        new("XN", ElectionType.Parliamentary, "Europe/Vienna", "Norland Electoral Commission", DateOnly.FromDateTime(context.Now.UtcDateTime).AddDays(90)),
    ];

    [GeneratedRegex("^[A-Z]{2}(-[A-Z0-9]{1,3})?\\z", RegexOptions.CultureInvariant)]
    internal static partial Regex RegionCode();
}

public sealed record ElectionRegistered(
    string Region,
    ElectionType ElectionType,
    int Round,
    string Tz,
    string Authority,
    DateOnly ElectionDay,
    IReadOnlyList<string> Contacts,
    IReadOnlyList<PlannedMeasure> MeasurePlan,
    string Title,
    bool Exercise,
    Tlp Tlp) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with
    {
        Stage = ElectionPhase.Registered,
        Regions = [Region],
        Type = ElectionType,
        Round = Round,
        Tz = Tz,
        Authority = Authority,
        ElectionDay = ElectionDay,
        Contacts = [.. Contacts],
        MeasurePlan = [.. MeasurePlan],
        Title = Title,
        Exercise = Exercise,
        Tlp = Tlp,
        RegisteredBy = stamp.Actor,
        RegisteredAt = stamp.RecordedAt,
        OccurredAt = stamp.OccurredAt,
    };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        var headline = $"{(Exercise ? "Exercise: " : "")}Election registered: {Title}";
        var round = Round > 1 ? $"round {Round}, " : "";
        return new Entry(EntryKind.Raised, headline, $"{ElectionType}, {round}{Region}, {ElectionDay:yyyy-MM-dd} ({Tz}); {Authority}").ToCrossFunctional().ToExecutive(headline);
    }
}
