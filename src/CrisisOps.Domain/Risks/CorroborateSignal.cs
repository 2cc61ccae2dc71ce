using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>Somebody or something else says the same.</summary>
/// <param name="By">Who or what, for example a partner or a newsroom.</param>
/// <param name="SignalKey">The other signal, if it is one: it must be independent of this one.</param>
public sealed record CorroborateSignal(string By, string? SignalKey = null, string? Note = null) : Command, IRiskCommand<CorroborateSignal>, INamesStreams
{
    public static CommandRule<RiskSignal> Rule { get; } = RiskGivers.WhileOpen("corroborate", RiskGivers.Specialists);

    public IEnumerable<string> Streams() => SignalKey is null ? [] : [SignalKey];

    public static Ruling Decide(CorroborateSignal command, RiskSignal state, DecisionContext context)
    {
        if (string.IsNullOrWhiteSpace(command.By))
        {
            return Ruling.Refuse("corroboration-named", "Say in by who or what says the same.");
        }

        if (command.SignalKey is { } key && Independence.Check(state, key, context) is { } refused)
        {
            return refused;
        }

        return string.Equals(command.By, state.Origin, StringComparison.OrdinalIgnoreCase)
            || state.Corroborations.Any(c => string.Equals(c.By, command.By, StringComparison.OrdinalIgnoreCase) && c.SignalKey == command.SignalKey)
            ? Ruling.Refuse("corroboration-new", $"{command.By} stands there already; name somebody else who says the same.")
            : Ruling.Accept(new RiskSignalCorroborated(command.By, command.SignalKey, command.Note));
    }

    public static IEnumerable<CorroborateSignal> Samples(RiskSignal state, DecisionContext context) => [new("a newsroom in the region"), new("a second newsroom in the region")];
}

public sealed record RiskSignalCorroborated(string By, string? SignalKey, string? Note) : IRiskEvent
{
    public RiskSignal Apply(RiskSignal state, Stamp stamp) => state with
    {
        Corroborations = state.Corroborations.Add(new Corroboration(By, SignalKey, stamp.RecordedAt)),
        Stage = state.Stage == RiskState.Captured ? RiskState.Corroborating : state.Stage,
    };

    public Entry Tell(RiskSignal before, RiskSignal after, Stamp stamp) =>
        new Entry(EntryKind.Finding, $"Corroborated by {By}{(SignalKey is null ? "" : $" ({SignalKey})")}", Note).ToCrossFunctional("Corroborated by somebody else");
}
