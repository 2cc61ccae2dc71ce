namespace CrisisOps.Domain.Crises;

/// <summary>
/// When situation reports are due (domain §3 P5, §9.2): each due time is the one before plus the cadence, never the time of
/// publishing; a change of cadence starts anew from now; a late report moves the next due time to at least half a cadence ahead.
/// </summary>
internal static class SitRepSlots
{
    /// <summary>The most slots that one firing records; after a longer outage the next firing goes on at once.</summary>
    private const int MostAtOnce = 96;

    public static string Next(DateTimeOffset? due) => due is { } at ? $"next situation report due {at:yyyy-MM-dd HH:mm}Z" : "no further situation report is due";

    public static Crisis WithCadence(this Crisis state, TimeSpan cadence, DateTimeOffset due) => (state with { Cadence = cadence }).WithDue(due);

    /// <summary>The state with another due time; a new time is a new generation.</summary>
    public static Crisis WithDue(this Crisis state, DateTimeOffset? due) => due == state.NextSitRepDue
        ? state
        : state with { NextSitRepDue = due, SitRepSlots = due is null ? state.SitRepSlots : state.SitRepSlots + 1 };

    /// <summary>Slots that passed without a report and were not recorded yet, each with its own due time.</summary>
    /// <param name="inclusive">A timer counts a slot that is due this instant; a report published this instant is in time.</param>
    public static SitRepOverdue[] Missed(Crisis state, DateTimeOffset now, bool inclusive = false)
    {
        if (state is not { Live: true, NextSitRepDue: { } due, Cadence: { } cadence })
        {
            return [];
        }

        List<SitRepOverdue> missed = [];
        for (var slot = 0; slot < MostAtOnce && (inclusive ? due <= now : due < now); slot++, due += cadence)
        {
            missed.Add(new SitRepOverdue(state.SitRepSlots + slot, due, now, due + cadence));
        }

        return [.. missed];
    }

    /// <summary>What is due after a report published now.</summary>
    public static DateTimeOffset After(Crisis state, DateTimeOffset now)
    {
        var cadence = state.Cadence!.Value;
        if (state.NextSitRepDue is not { } due)
        {
            // The Final was out and reporting begins again.
            return now + cadence;
        }

        if (Missed(state, now) is [.., var last])
        {
            // Late: the slots that passed are recorded beside it.
            return Later(last.NextDue, now + (cadence / 2));
        }

        if (state.MissedSitReps.Count > 0)
        {
            return Later(due, now + (cadence / 2));
        }

        // A second report within the same slot satisfies nothing more.
        return now > due - cadence ? due + cadence : due;
    }

    /// <summary>What a change of cadence comes to: now and the new cadence; null when the cadence stays or reporting has ended.</summary>
    public static DateTimeOffset? Changed(Crisis state, TimeSpan cadence, DateTimeOffset now) =>
        state.NextSitRepDue is { } due && state.Cadence == cadence ? due : now + cadence;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
