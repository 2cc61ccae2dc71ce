using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Timelines;

namespace CrisisOps.Server.Crises;

/// <summary>What the next situation report could say: the starred blocks of ICS-209, filled from what the reader may read. A person looks over it and sends <see cref="Body"/>.</summary>
/// <param name="Number">The number the report will have.</param>
/// <param name="DueAt">The slot it is written for; absent when none is due.</param>
/// <param name="Body">As it stands, a body for <c>publish-sit-rep</c>.</param>
public sealed record SitRepDraft(int Number, string IncidentName, string? Commander, DateTimeOffset StartedAt, DateTimeOffset? DueAt, string Href, PublishSitRep Body);

/// <summary>Fills drafts from the crisis and from its timeline as the reader sees it.</summary>
public sealed class SitRepDrafts(TimelineQuery timelines, BoardReader boards, TimeProvider clock)
{
    private const int MostEntries = 200;

    /// <summary>As long as the validator of <c>publish-sit-rep</c> lets a block be, with room for a person to add to it.</summary>
    private const int Longest = 6000;

    /// <summary>The clockwork of the reports themselves is no news, and updates are told by what they say.</summary>
    private static readonly string[] _significant =
    [
        .. Enum.GetNames<EntryKind>().Except([nameof(EntryKind.SitRep), nameof(EntryKind.Note), nameof(EntryKind.Task), nameof(EntryKind.RoleChange), nameof(EntryKind.Assessed), nameof(EntryKind.Review)]),
    ];

    public async Task<SitRepDraft> Of(Crisis crisis, Audience audience, Caller caller, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var from = crisis.SitReps.IsEmpty ? crisis.OccurredAt : crisis.SitReps[^1].PeriodTo;
        string Say(string text) => audience == Audience.Core ? text : Masking.Hide(text, crisis.MaskedTerms);
        var board = (await boards.Of([crisis.Key], caller, past: null, cancellation))[0];
        var body = new PublishSitRep(
            await Events(crisis, from, caller, cancellation) + Open(board), Planned(board), Version: crisis.SitReps.IsEmpty ? SitRepVersion.Initial : SitRepVersion.Update,
            PeriodFrom: from, PeriodTo: now > from ? now : from, IncidentDefinition: Say(crisis.Summary), Place: crisis.Regions.IsEmpty ? Regions.World : string.Join(", ", crisis.Regions),
            PreparedBy: caller.Id, SentTo: [nameof(Audience.Core), nameof(Audience.CrossFunctional)]);
        return new SitRepDraft(
            crisis.SitReps.Count + 1, crisis.Codename ?? Say(crisis.Title), crisis.Commander, crisis.OccurredAt, crisis.NextSitRepDue, $"/v1/crises/{crisis.Key}/publish-sit-rep", body);
    }

    /// <summary>
    /// Block 28: what the timeline learnt since the last report. A report is read by consulted functions too, so it says what they read of
    /// an entry, and only of entries that the writer may read as well. What is too long is cut at the front: the newest counts.
    /// </summary>
    private async Task<string> Events(Crisis crisis, DateTimeOffset since, Caller caller, CancellationToken cancellation)
    {
        var wish = new TimelineWish(crisis.Key, MostEntries, From: since, Kinds: _significant);
        var known = (await timelines.Read(wish, caller, cancellation) ?? []).Select(e => e.Place).Select(p => (p.Stream, p.Version)).ToHashSet();
        var colleagues = caller with
        {
            Id = "",
            Roles = CrisisStream.CalledIn.ToHashSet(),
            Functions = Enum.GetValues<Function>().ToHashSet(),
            Clearance = caller.Clearance < crisis.Tlp ? caller.Clearance : crisis.Tlp,
            Partner = null,
        };
        var entries = await timelines.Read(wish, colleagues, cancellation) ?? [];
        string[] lines = [.. entries.Where(e => e.Json is not null && known.Contains((e.Place.Stream, e.Place.Version))).Select(e => Line(e.Json!)).OfType<string>()];
        if (lines.Length == 0)
        {
            return "Nothing new since the last report.";
        }

        var length = 0;
        var kept = lines.Reverse().TakeWhile(line => (length += line.Length + 1) <= Longest).Reverse().ToArray();
        return (kept.Length < lines.Length ? $"({lines.Length - kept.Length} earlier entries on the timeline.)\n" : "") + string.Join('\n', kept);
    }

    /// <summary>A line of the timeline; null for one whose text was corrected or hidden since.</summary>
    private static string? Line(byte[] json)
    {
        var entry = JsonDocument.Parse(json).RootElement;
        return entry.TryGetProperty("amendedAt", out _) ? null
            : $"{entry.GetProperty("occurredAt").GetDateTimeOffset().UtcDateTime:HH:mm}Z {entry.GetProperty("headline").GetString()}";
    }

    private static string Open(CrisisBoard board) =>
        board.OpenEscalations is { } open && open.Sev1 + open.Sev2 > 0 ? $"\nOpen: {open.Sev1} SEV1, {open.Sev2} SEV2 ({string.Join(", ", open.Worst.Select(e => e.Key))})." : "";

    /// <summary>Block 41: the open tasks.</summary>
    private static string Planned(CrisisBoard board)
    {
        string[] tasks = [.. (board.OpenTasks ?? []).Select(t => $"{t.TaskId} {t.Title}{(t.Owner is null ? "" : $" ({t.Owner})")}{(t.DueAt is { } due ? $", due {due:yyyy-MM-dd HH:mm}Z" : "")}")];
        if (tasks.Length == 0)
        {
            return "No task is open: say what comes next.";
        }

        var planned = string.Join('\n', tasks);
        return planned.Length <= Longest ? planned : planned[..Longest];
    }
}
