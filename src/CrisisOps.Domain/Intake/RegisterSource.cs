using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>Registers a system that sends alerts by itself. It can send once it has a key.</summary>
/// <param name="Name">No other source that is not retired has it, capitals aside.</param>
/// <param name="Kind">What its reports count as; none for which each report needs a legal basis.</param>
/// <param name="PartnerId">The partner whose system it is; absent for one of our own.</param>
/// <param name="Formats">Which it may send; absent means every one.</param>
/// <param name="PolicyAreas">Which it may name; absent means every one.</param>
/// <param name="Regions">ISO 3166 codes it may report from; absent means everywhere.</param>
/// <param name="Surface">The part of the platform it watches, when an alert names none.</param>
/// <param name="ReportTlp">The secrecy of what it reports; not above your own clearance.</param>
/// <param name="RatePerMinute">Alerts per minute, 1 to 10,000,000.</param>
/// <param name="Exercise">true: all it sends is an exercise, for trying it out.</param>
public sealed record RegisterSource(
    string Name,
    Source Kind,
    string? PartnerId = null,
    IReadOnlyList<AlertFormat>? Formats = null,
    IReadOnlyList<PolicyArea>? PolicyAreas = null,
    IReadOnlyList<string>? Regions = null,
    Surface Surface = Shared.Surface.Other,
    Tlp ReportTlp = Shared.Tlp.AMBER,
    int RatePerMinute = 6000,
    bool Exercise = false) : Command, IAlertSourceCommand<RegisterSource>, INamesFacts<AlertSource>
{
    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.Rule("register", SourceState.None) with { Opens = true };

    public IEnumerable<(string Kind, string Id)> Facts(AlertSource state) => [(SourceTerms.NameFact, SourceTerms.FactId(Name))];

    public static Ruling Decide(RegisterSource command, AlertSource state, DecisionContext context)
    {
        var terms = new SourceTerms(
            command.Name?.Trim() ?? "", command.Kind, command.PartnerId, [.. command.Formats ?? []], [.. command.PolicyAreas ?? []], [.. command.Regions ?? []], command.Surface, command.ReportTlp,
            command.RatePerMinute, command.Exercise);
        return SourceTerms.Check(terms, context) ?? Ruling.Accept(new SourceRegistered(terms));
    }

    public static IEnumerable<RegisterSource> Samples(AlertSource state, DecisionContext context) =>
        [new("OpenHash matches", Source.IndustryPeer, "OpenHash Exchange", [AlertFormat.CloudEvents], Regions: ["XN"], Surface: Shared.Surface.Feed)];
}

public sealed record SourceRegistered(SourceTerms Terms) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) =>
        state.With(Terms) with { Stage = SourceState.Active, RegisteredBy = stamp.Actor, RegisteredAt = stamp.RecordedAt };

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp)
    {
        var headline = $"Source registered: {Terms.Name}";
        return new Entry(EntryKind.Raised, headline, Terms.Words()).ToCrossFunctional().ToExecutive(headline);
    }
}
