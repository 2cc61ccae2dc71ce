using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>What is measured has a name, and a target that differs from what it is.</summary>
internal static class MetricGuard
{
    public static Ruling? Check(RecommendationEvidence? evidence, MetricAim? metric)
    {
        if (evidence is not null && (string.IsNullOrWhiteSpace(evidence.Query) || evidence.Values is null || evidence.Values.Any(v => string.IsNullOrWhiteSpace(v?.Name))))
        {
            return Ruling.Refuse("evidence-repeatable", "Evidence is the query, and what it gave: values with names.");
        }

        return metric is not null && (string.IsNullOrWhiteSpace(metric.Name) || metric.Before == metric.Target)
            ? Ruling.Refuse("metric-aims", "A metric has a name, and a target that differs from before.")
            : null;
    }

    public static string Say(MetricAim metric) => FormattableString.Invariant($"{metric.Name}: {metric.Before} to {metric.Target}");
}
