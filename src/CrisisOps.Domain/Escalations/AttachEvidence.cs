using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Attaches a reference into the evidence vault. Only the opaque reference is needed; hash, type and the rest can follow by
/// attaching the same reference again (domain §9.4).
/// </summary>
/// <param name="GraphicLevel">0 none to 4 extreme.</param>
public sealed record AttachEvidence(string EvidenceRef, string? Hash = null, string? MediaType = null, int? GraphicLevel = null)
    : Command, IEscalationCommand<AttachEvidence>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("attach-evidence", Givers.Specialists);

    public static Ruling Decide(AttachEvidence command, Escalation state, DecisionContext context)
    {
        if (string.IsNullOrWhiteSpace(command.EvidenceRef))
        {
            return Ruling.Refuse("evidence-named", "Name the evidence by its reference in the vault.");
        }

        if (command.GraphicLevel is < 0 or > 4)
        {
            return Ruling.Refuse("graphic-level", "graphicLevel runs from 0 (none) to 4 (extreme).");
        }

        var known = state.Evidence.Find(e => e.EvidenceRef == command.EvidenceRef);
        if (known?.Hash is { } hash && command.Hash is { } other && hash != other)
        {
            return Ruling.Refuse("evidence-hash-same", $"{command.EvidenceRef} was attached with another hash; attach what you have under a reference of its own.");
        }

        var attached = new Evidence(
            command.EvidenceRef, known?.Hash ?? command.Hash, known?.MediaType ?? command.MediaType, known?.GraphicLevel ?? command.GraphicLevel);
        return attached == known
            ? Ruling.Refuse("evidence-new", $"{command.EvidenceRef} is attached already, and this adds nothing to it.")
            : Ruling.Accept(new EvidenceAttached(attached.EvidenceRef, attached.Hash, attached.MediaType, attached.GraphicLevel));
    }

    public static IEnumerable<AttachEvidence> Samples(Escalation state, DecisionContext context) =>
        [new(Enumerable.Range(1, state.Evidence.Count + 1).Select(n => $"EVD-{n}").First(id => state.Evidence.All(e => e.EvidenceRef != id)), GraphicLevel: 3)];
}

/// <summary>Everything known of the evidence after this; details once given stay.</summary>
public sealed record EvidenceAttached(string EvidenceRef, string? Hash, string? MediaType, int? GraphicLevel) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp)
    {
        var evidence = new Evidence(EvidenceRef, Hash, MediaType, GraphicLevel);
        var index = state.Evidence.FindIndex(e => e.EvidenceRef == EvidenceRef);
        return state with { Evidence = index < 0 ? state.Evidence.Add(evidence) : state.Evidence.SetItem(index, evidence) };
    }

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        var verb = before.Evidence.Any(e => e.EvidenceRef == EvidenceRef) ? "completed" : "attached";
        var level = GraphicLevel is { } graphic ? $"graphic level {graphic}" : null;
        return new Entry(EntryKind.Finding, $"Evidence {EvidenceRef} {verb}", MediaType is null ? level : $"{MediaType}{(level is null ? "" : $", {level}")}")
            .ToCrossFunctional($"Evidence {EvidenceRef} {verb}", level);
    }
}

/// <summary>Evidence named by other commands: references only, each once.</summary>
internal static class EvidenceShelf
{
    /// <summary>The references a command names, without blanks and repeats.</summary>
    public static IReadOnlyList<string> Named(IReadOnlyList<string>? refs) =>
        [.. (refs ?? []).Where(r => !string.IsNullOrWhiteSpace(r)).Distinct(StringComparer.Ordinal)];

    public static ImmutableList<Evidence> Shelve(this ImmutableList<Evidence> evidence, IEnumerable<string> refs) =>
        evidence.AddRange(refs.Where(r => !evidence.Any(e => e.EvidenceRef == r)).Select(r => new Evidence(r)));
}
