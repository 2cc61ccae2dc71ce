using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Records a decision of the command with its options and the objections (domain §2.2).</summary>
/// <param name="Options">What was weighed: at least two.</param>
/// <param name="Chosen">One of the options.</param>
public sealed record RecordCommandDecision(string Question, IReadOnlyList<string> Options, string Chosen, string Rationale, IReadOnlyList<string>? Objections = null)
    : Command, ICrisisCommand<RecordCommandDecision>
{
    private static readonly CrisisGivers _givers = new(CommandRole.IncidentCommander, CommandRole.Deputy, CommandRole.Scribe);

    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("record-decision");

    public static Ruling Decide(RecordCommandDecision command, Crisis state, DecisionContext context)
    {
        if (_givers.Check(state, context) is { } refused)
        {
            return refused;
        }

        string[] options = [.. (command.Options ?? []).Where(o => !string.IsNullOrWhiteSpace(o)).Distinct(StringComparer.Ordinal)];
        if (options.Length < 2)
        {
            return Ruling.Refuse("options-weighed", "Name at least two options; doing nothing is one.");
        }

        if (!options.Contains(command.Chosen))
        {
            return Ruling.Refuse("chosen-option", "chosen is one of the options, word for word.");
        }

        return string.IsNullOrWhiteSpace(command.Question) || string.IsNullOrWhiteSpace(command.Rationale)
            ? Ruling.Refuse("decision-reasoned", "Say in question what was decided, and in rationale why.")
            : Ruling.Accept(new CrisisDecisionRecorded($"D-{state.Decisions.Count + 1}", command.Question, options, command.Chosen, command.Rationale, command.Objections ?? []));
    }

    public static IEnumerable<RecordCommandDecision> Samples(Crisis state, DecisionContext context) =>
        [new("Restrict live video in the whole country?", ["whole country", "capital only", "nothing"], "whole country", "The attackers move.", ["Press freedom: reporters stream too."])];
}

public sealed record CrisisDecisionRecorded(
    string DecisionId, string Question, IReadOnlyList<string> Options, string Chosen, string Rationale, IReadOnlyList<string> Objections) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { Decisions = state.Decisions.Add(new CommandDecision(DecisionId, Question, Chosen, stamp.RecordedAt)) };

    public Entry Say(Crisis before, Crisis after, Stamp stamp)
    {
        var objections = Objections.Count > 0 ? $" Objections: {string.Join("; ", Objections)}" : "";
        return new Entry(EntryKind.Decision, $"{DecisionId}: {Question} {Chosen}", $"{Rationale} Options: {string.Join("; ", Options)}.{objections}")
            .ToCrossFunctional()
            .ToExecutive($"{DecisionId}: {Question} {Chosen}", Rationale);
    }
}
