using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Escalations;

/// <summary>A case on somebody's page, with what decides where it stands there.</summary>
internal sealed record WorkCase(string Key, string Card, int Priority, DateTimeOffset RaisedAt)
{
    public static int InOrder(WorkCase one, WorkCase other) =>
        one.Priority != other.Priority ? other.Priority.CompareTo(one.Priority)
        : one.RaisedAt != other.RaisedAt ? one.RaisedAt.CompareTo(other.RaisedAt)
        : string.CompareOrdinal(one.Key, other.Key);
}

/// <summary>What lay before somebody at an instant, of the cases that have moved since: from their states of then. What has not moved has its rows.</summary>
public sealed class PastWork(MovedCases cases, PastStates pasts)
{
    /// <param name="duties">Those for which the caller stands on the duty list.</param>
    internal async Task<(List<WorkCase> Mine, List<WorkCase> AtMyDesk, List<DeadlineItem> Due)> Moved(
        Past past, DateTimeOffset at, IReadOnlyList<Duty> duties, Caller caller, CancellationToken cancellation)
    {
        List<WorkCase> mine = [], desk = [];
        List<DeadlineItem> due = [];
        var from = "";
        while (await cases.After(from, past, at, Audience.Executive, caller, cancellation) is { Count: > 0 } moved)
        {
            from = moved.Keys.Max(StringComparer.Ordinal)!;
            foreach (var state in (await pasts.Load(moved.Keys, past, cancellation)).Values.Where(h => h.Version > 0).Select(h => (Escalation)h.State))
            {
                var owned = EscalationSight.Of(state).Owners.Contains(caller.Id);
                if (state.Open && owned)
                {
                    mine.Add(Case(state));
                }

                if (state is { Open: true, Owner: null, Route: { } route } && duties.Any(d => d.Function == route.Desk && Covers(d.Region, state)))
                {
                    desk.Add(Case(state));
                }

                due.AddRange(state.Deadlines.Where(d => owned || d.Owner == caller.Id).Select(d => DeadlineItem.Of(state.Key, d)));
            }
        }

        return (mine, desk, due);
    }

    /// <summary>As <see cref="MyWork"/> asks it of rows.</summary>
    private static bool Covers(string region, Escalation state) => region == Regions.World || Regions.Intersect(state.Regions, [region]);

    private static WorkCase Case(Escalation state) => new(state.Key, EscalationCard.Write(state), state.PriorityScore, state.RaisedAt);
}
