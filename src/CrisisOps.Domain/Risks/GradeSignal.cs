using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>Says how far the source is to be trusted, and how credible what it says is (Admiralty code). The newest grade counts.</summary>
/// <param name="Reliability">A (reliable) to E (unreliable); F if it can not be judged.</param>
/// <param name="Credibility">1 (confirmed by others) to 5 (improbable); 6 if it can not be judged.</param>
public sealed record GradeSignal(SourceReliability Reliability, int Credibility, string? Reason = null) : Command, IRiskCommand<GradeSignal>
{
    public static CommandRule<RiskSignal> Rule { get; } = RiskGivers.WhileOpen("grade", RiskGivers.Specialists);

    public static Ruling Decide(GradeSignal command, RiskSignal state, DecisionContext context)
    {
        var grade = new SignalGrade(command.Reliability, command.Credibility);
        return Check(grade)
            ?? (grade == state.Grade ? Ruling.Refuse("grade-new", $"It is graded {grade} already.") : Ruling.Accept(new RiskSignalGraded(grade, command.Reason)));
    }

    public static IEnumerable<GradeSignal> Samples(RiskSignal state, DecisionContext context) =>
        [new(state.Grade?.Reliability == SourceReliability.B ? SourceReliability.C : SourceReliability.B, 2, "Two of three earlier tips were right.")];

    /// <summary>Null when it is a grade, or none.</summary>
    internal static Ruling? Check(SignalGrade? grade) =>
        grade is { Credibility: < 1 or > 6 } ? Ruling.Refuse("credibility-known", "credibility runs from 1 (confirmed by others) to 6 (can not be judged).") : null;
}

public sealed record RiskSignalGraded(SignalGrade Grade, string? Reason) : IRiskEvent
{
    public RiskSignal Apply(RiskSignal state, Stamp stamp) => state with
    {
        Grade = Grade,
        Stage = state.Stage == RiskState.Captured ? RiskState.Corroborating : state.Stage,
    };

    public Entry Tell(RiskSignal before, RiskSignal after, Stamp stamp) => new Entry(EntryKind.Finding, $"Graded {Grade}", Reason).ToCrossFunctional($"Graded {Grade}");
}
