using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;

namespace CrisisOps.Server.Crises;

/// <summary>What hangs on the wall of the war room: one crisis at a glance, as its reader's audience may see it. A part that is absent is not for this reader.</summary>
/// <param name="Elapsed">Since the declaration, until it was stood down.</param>
public sealed record CrisisBoard(
    string Key, string State, CrisisType Type, string Title, string? Codename, IReadOnlyList<string> Regions, string Tlp, bool Exercise, CrisisLevel? Level, DateTimeOffset? DeclaredAt, TimeSpan? Elapsed,
    string? Commander, DateTimeOffset? NextSitRepDue, DateTimeOffset? LastUpdateAt, TimeSpan? LastUpdateAge)
{
    public IReadOnlyList<RoleHolder>? Roles { get; init; }
    public int? SitRepsMissed { get; init; }
    public OpenCases? OpenEscalations { get; init; }
    public IReadOnlyList<LeverOn>? Levers { get; init; }
    public AckCount? PartnerAcks { get; init; }
    public IReadOnlyList<ElectionNear> Elections { get; init; } = [];

    /// <summary>What the newest update that this reader may read asks for.</summary>
    public string? Asks { get; init; }

    /// <summary>The entry of that update, and how secret it is.</summary>
    public AskedBy? AsksOf { get; init; }
    public IReadOnlyList<OpenTask>? OpenTasks { get; init; }

    /// <param name="crisis">As it stood at the instant.</param>
    /// <param name="now">As it is now: what is masked, corrected or redacted is judged by it.</param>
    public static CrisisBoard Of(Crisis crisis, Crisis now, Audience audience, Caller caller, DateTimeOffset at)
    {
        string Say(string text) => audience == Audience.Core ? text : Masking.Hide(text, now.MaskedTerms);
        var asking = Newest(crisis, now, audience, caller) is { Needs: not null } update ? update : null;
        var board = new CrisisBoard(
            crisis.Key, crisis.Stage.ToString(), crisis.Type, Say(crisis.Title), crisis.Codename, crisis.Regions, TlpNames.Of(now.Tlp), crisis.Exercise, crisis.Level, crisis.DeclaredAt,
            Whole((crisis.StoodDownAt ?? crisis.EndedAt ?? at) - crisis.DeclaredAt), crisis.Commander, crisis.NextSitRepDue, crisis.LastUpdateAt, Whole(at - crisis.LastUpdateAt))
        {
            Asks = asking is null ? null : Say(asking.Needs!),
            AsksOf = asking is null ? null : new AskedBy($"{crisis.Key}@{asking.EntryVersion}", TlpNames.Of(asking.Tlp)),
        };
        return audience is Audience.Core or Audience.CrossFunctional
            ? board with
            {
                Roles = [.. crisis.Roles.Select(r => r with { Area = r.Area is null ? null : Say(r.Area) })],
                SitRepsMissed = crisis.MissedSitReps.Count,
                Levers = [.. crisis.ActiveLevers.Select(l => new LeverOn(l.LeverId, l.Kind, Say(l.Scope), l.Owner, l.ExpiresAt, Whole(l.ExpiresAt - at)!.Value))],
                PartnerAcks = new AckCount(crisis.OpenAlerts.Sum(a => a.Acks.Count), crisis.OpenAlerts.Sum(a => a.Recipients.Count)),
                OpenTasks = [.. crisis.OpenTasks.Select(t => new OpenTask(t.TaskId, Say(t.Title), t.Owner, t.DueAt, t.Overdue))],
            }
            : board;
    }

    /// <summary>The newest update to colleagues that this reader may read and that has no other text for them.</summary>
    private static CrisisUpdate? Newest(Crisis crisis, Crisis now, Audience audience, Caller caller) => crisis.Updates.FindLast(update =>
        !update.Public && update.Tlp <= Sight.Limit(audience, caller) && (update.Tlp < Domain.Shared.Tlp.RED || now.Served.Contains(caller.Id))
        && (audience == Audience.Core || (update.Audiences.Any(a => a.Audience == audience && a.Text is null) && now.Updates.Exists(u => u.UpdateId == update.UpdateId && !u.Redacted))));

    private static TimeSpan? Whole(TimeSpan? time) => time is { } span ? TimeSpan.FromSeconds(Math.Floor(span.TotalSeconds)) : null;
}

public sealed record AskedBy(string EntryId, string Tlp);

/// <summary>Open escalations of the crisis that the reader may see.</summary>
public sealed record OpenCases(int Sev1, int Sev2, IReadOnlyList<OpenCase> Worst);

public sealed record OpenCase(string Key, Severity Severity, string Title, string Tlp, string? Owner);

public sealed record LeverOn(string LeverId, LeverKind Kind, string Scope, string Owner, DateTimeOffset ExpiresAt, TimeSpan TimeLeft);

/// <summary>Acknowledgements of the newest message of every open alert.</summary>
public sealed record AckCount(int Received, int Asked);

public sealed record OpenTask(string TaskId, string Title, string? Owner, DateTimeOffset? DueAt, bool Overdue);

/// <summary>An election whose phases run in a region of the crisis.</summary>
public sealed record ElectionNear(string Key, string Title, ElectionPhase Phase);
