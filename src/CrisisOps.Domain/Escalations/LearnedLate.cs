using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// What was done in time and recorded after its clock had run out: the breach stays on record, and the entry that tells of the deed
/// says so (domain §9.2). For Core, who also reads which clocks there are.
/// </summary>
internal static class LearnedLateText
{
    public static Entry LearnedLate(this Entry entry, Escalation before, Escalation after)
    {
        string[] late = [.. after.Clocks.Except(before.Clocks).Where(c => c.Result == ClockResult.MetInTimeLearnedLate).Select(Line)];
        return late.Length == 0 ? entry : entry with { Body = string.Join("\n", late.Prepend(entry.Body).Where(line => line is not null)) };
    }

    private static string Line(Clock clock) =>
        clock.MetAt!.Value.UtcDateTime.Date == clock.LearnedAt!.Value.UtcDateTime.Date
            ? $"{clock.ClockId}: met at {clock.MetAt:HH:mm}, learned {clock.LearnedAt:HH:mm}"
            : $"{clock.ClockId}: met at {clock.MetAt:yyyy-MM-dd HH:mm}Z, learned {clock.LearnedAt:yyyy-MM-dd HH:mm}Z";
}
