using System.Text.RegularExpressions;
using CrisisOps.Domain.Elections;
using FluentValidation;

namespace CrisisOps.Server.Elections;

/// <summary>The shapes that members of election commands share. What is refused later says some of them back, so they are short.</summary>
internal static partial class ElectionShapes
{
    private const int LongestTime = 40;

    public static IRuleBuilderOptions<T, string?> Place<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(region => region is null || Region().IsMatch(region)).WithMessage("a country such as XN or a subdivision such as XN-01 (ISO 3166)");

    public static IRuleBuilderOptions<T, DateOnly?> Day<T>(this IRuleBuilder<T, DateOnly?> rule) => rule
        .Must(day => day is null or { Year: >= 2000 and < 2100 }).WithMessage("must lie between the years 2000 and 2100");

    public static IRuleBuilderOptions<T, DateOnly> Day<T>(this IRuleBuilder<T, DateOnly> rule) => rule
        .Must(day => day.Year is >= 2000 and < 2100).WithMessage("must lie between the years 2000 and 2100");

    public static IRuleBuilderOptions<T, IReadOnlyList<PhaseAt?>> Phases<T>(this IRuleBuilder<T, IReadOnlyList<PhaseAt?>> rule) => rule
        .Must(phases => phases.Count <= 20 && phases.All(p => p is { At.Length: > 0 and <= LongestTime }))
        .WithMessage("at most 20 phases, each at an instant such as 2027-05-14T22:00Z or a local time such as 2027-05-15T00:00");

    public static IRuleBuilderOptions<T, IReadOnlyList<PlannedMeasure?>?> Plan<T>(this IRuleBuilder<T, IReadOnlyList<PlannedMeasure?>?> rule) => rule
        .Must(plan => plan is null || (plan.Count <= 100 && plan.All(m =>
            m is not null && (m.Region is null || Region().IsMatch(m.Region)) && m.ExpiresAt is null or { Year: >= 2000 and < 2100 })))
        .WithMessage("at most 100 measures, each in a region such as XN or XN-01 and with an end before the year 2100");

    [GeneratedRegex("^[A-Z]{2}(-[A-Z0-9]{1,3})?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Region();
}
