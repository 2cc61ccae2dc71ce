using System.Collections.Immutable;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>What a source may send, and what its reports are. The members are those of <see cref="AlertSource"/>.</summary>
public sealed record SourceTerms(
    string Name,
    Source Kind,
    string? PartnerId,
    ImmutableList<AlertFormat> Formats,
    ImmutableList<PolicyArea> PolicyAreas,
    ImmutableList<string> Regions,
    Surface Surface,
    Tlp ReportTlp,
    int RatePerMinute,
    bool Exercise)
{
    private const int MostPerMinute = 10_000_000;

    /// <summary>The fact that tells which source holds a name.</summary>
    public const string NameFact = "source-name";

    /// <summary>The name without regard to capitals and outer spaces.</summary>
    public static string FactId(string? name) => name?.Trim().ToLowerInvariant() ?? "";

    /// <summary>Null when a source can have these terms from this giver.</summary>
    internal static Ruling? Check(SourceTerms terms, DecisionContext context)
    {
        if (string.IsNullOrWhiteSpace(terms.Name))
        {
            return Ruling.Refuse("name-given", "Say in name what this source is called.");
        }

        if (context.Fact(NameFact, FactId(terms.Name)) is { } holder && holder != context.Key)
        {
            return Ruling.Refuse("source-name-unique", $"{holder} has this name already; go on there, or say in name what tells them apart.");
        }

        if (RaiseEscalation.Governmental.Contains(terms.Kind))
        {
            return Ruling.Refuse("kind-without-basis", $"{terms.Kind} needs a legal basis for each report, and a machine can not give one; a person raises these.");
        }

        if (terms.RatePerMinute is < 1 or > MostPerMinute)
        {
            return Ruling.Refuse("rate-range", $"ratePerMinute is 1 to {MostPerMinute:N0}.");
        }

        return terms.ReportTlp > context.Caller.Clearance
            ? Ruling.Refuse(RefusalKind.TlpDenied, "report-tlp", "You can not have reports made that are above your own clearance; say a lower reportTlp.")
            : null;
    }

    /// <summary>In words, for the timeline.</summary>
    internal string Words()
    {
        string[] parts =
        [
            $"{Kind}{(PartnerId is null ? "" : $" of {PartnerId}")}", Regions.IsEmpty ? "everywhere" : string.Join(", ", Regions), Formats.IsEmpty ? "every format" : string.Join(", ", Formats),
            PolicyAreas.IsEmpty ? "every policy area" : string.Join(", ", PolicyAreas), $"{Surface}", $"TLP:{TlpNames.Of(ReportTlp)}", FormattableString.Invariant($"{RatePerMinute} a minute"),
        ];
        return $"{string.Join("; ", parts)}{(Exercise ? "; exercise" : "")}";
    }
}
