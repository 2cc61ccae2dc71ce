using System.Text.Json.Serialization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>How sure the analyst is; domain §2.4.</summary>
public enum Confidence
{
    [JsonStringEnumMemberName("low")] Low,
    [JsonStringEnumMemberName("moderate")] Moderate,
    [JsonStringEnumMemberName("high")] High,
}

/// <summary>What the investigation found, with its source and how sure it is (domain §1, duty 3). A decision needs one, or evidence.</summary>
/// <param name="Source">Where it comes from: a tool, a function, a public page.</param>
/// <param name="EvidenceRefs">Opaque references into the vault that bear it out; new ones are attached to the case.</param>
public sealed record RecordFinding(string Summary, string? Source = null, Confidence? Confidence = null, IReadOnlyList<string>? EvidenceRefs = null)
    : Command, IEscalationCommand<RecordFinding>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("record-finding", Givers.Specialists);

    public static Ruling Decide(RecordFinding command, Escalation state, DecisionContext context) =>
        string.IsNullOrWhiteSpace(command.Summary)
            ? Ruling.Refuse("summary-given", "Say in one sentence what was found.")
            : Ruling.Accept(new FindingRecorded(
                $"FND-{state.Findings + 1}", command.Summary, command.Source, command.Confidence, EvidenceShelf.Named(command.EvidenceRefs)));

    public static IEnumerable<RecordFinding> Samples(Escalation state, DecisionContext context) =>
        [new("The video was streamed by the perpetrator.", "frame comparison", Escalations.Confidence.High, ["EVD-1"])];
}

public sealed record FindingRecorded(string FindingId, string Summary, string? Source, Confidence? Confidence, IReadOnlyList<string> EvidenceRefs) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) =>
        state with { Findings = state.Findings + 1, Evidence = state.Evidence.Shelve(EvidenceRefs) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        var grade = Confidence is { } sure ? $"confidence {sure.ToString().ToLowerInvariant()}" : null;
        string?[] parts = [Source is null ? null : $"source {Source}", grade];
        var body = string.Join(", ", parts.Where(p => p is not null));
        var refs = EvidenceRefs.Count > 0 ? $"evidence {string.Join(" ", EvidenceRefs)}" : null;
        return new Entry(EntryKind.Finding, $"{FindingId}: {Summary}", Join(body, refs)).ToCrossFunctional(Summary, Join(grade));
    }

    private static string? Join(params string?[] parts) =>
        string.Join("; ", parts.Where(p => !string.IsNullOrEmpty(p))) is { Length: > 0 } text ? text : null;
}
