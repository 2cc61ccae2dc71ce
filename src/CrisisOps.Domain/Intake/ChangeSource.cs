using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>Changes what a source may send, or what its reports are. What is absent stays as it is.</summary>
/// <param name="Formats">Replaces the whole list; an empty one means every format.</param>
/// <param name="PolicyAreas">Replaces the whole list; an empty one means every area.</param>
/// <param name="Regions">Replaces the whole list; an empty one means everywhere.</param>
public sealed record ChangeSource(
    string? Name = null,
    Source? Kind = null,
    string? PartnerId = null,
    IReadOnlyList<AlertFormat>? Formats = null,
    IReadOnlyList<PolicyArea>? PolicyAreas = null,
    IReadOnlyList<string>? Regions = null,
    Surface? Surface = null,
    Tlp? ReportTlp = null,
    int? RatePerMinute = null,
    bool? Exercise = null) : Command, IAlertSourceCommand<ChangeSource>, INamesFacts<AlertSource>
{
    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.WhileOpen("change");

    public IEnumerable<(string Kind, string Id)> Facts(AlertSource state) => [(SourceTerms.NameFact, SourceTerms.FactId(Name ?? state.Name))];

    public static Ruling Decide(ChangeSource command, AlertSource state, DecisionContext context)
    {
        string[] named = [.. Named(command)];
        if (named.Length == 0)
        {
            return Ruling.Refuse("change-given", "Say what changes; what is absent stays as it is.");
        }

        var terms = new SourceTerms(
            command.Name?.Trim() ?? state.Name, command.Kind ?? state.Kind, command.PartnerId ?? state.PartnerId, command.Formats is { } formats ? [.. formats] : state.Formats,
            command.PolicyAreas is { } areas ? [.. areas] : state.PolicyAreas, command.Regions is { } regions ? [.. regions] : state.Regions, command.Surface ?? state.Surface,
            command.ReportTlp ?? state.ReportTlp, command.RatePerMinute ?? state.RatePerMinute, command.Exercise ?? state.Exercise);
        return SourceTerms.Check(terms, context) ?? Ruling.Accept(new SourceChanged(terms, named));
    }

    public static IEnumerable<ChangeSource> Samples(AlertSource state, DecisionContext context) => [new(RatePerMinute: 12_000)];

    private static IEnumerable<string> Named(ChangeSource command)
    {
        (string Name, bool Given)[] members =
        [
            ("name", command.Name is not null), ("kind", command.Kind is not null), ("partner", command.PartnerId is not null), ("formats", command.Formats is not null),
            ("policy areas", command.PolicyAreas is not null), ("regions", command.Regions is not null), ("surface", command.Surface is not null), ("secrecy", command.ReportTlp is not null),
            ("rate", command.RatePerMinute is not null), ("exercise", command.Exercise is not null),
        ];
        return members.Where(m => m.Given).Select(m => m.Name);
    }
}

/// <param name="Terms">All of them, as they are from now on.</param>
/// <param name="Named">Which of them were named, in words.</param>
public sealed record SourceChanged(SourceTerms Terms, IReadOnlyList<string> Named) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) => state.With(Terms);

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp) =>
        new Entry(EntryKind.Correction, $"Changed: {string.Join(", ", Named)}", Terms.Words()).ToCrossFunctional();
}
