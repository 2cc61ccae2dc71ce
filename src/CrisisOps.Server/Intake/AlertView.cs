using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>A stored alert as colleagues read it.</summary>
/// <param name="Receipt">The id that its sender has too.</param>
/// <param name="Source">Key of the source.</param>
/// <param name="Tlp">How secret it is: as its source said, or as the case is behind which it stands.</param>
/// <param name="Escalation">Where it belongs; null when it is kept and raised nothing.</param>
/// <param name="Why">Why it belongs there, or raised nothing: a sentence.</param>
/// <param name="Hash">SHA-256 of the bytes in which it came, lower-case hexadecimal.</param>
/// <param name="Alert">What it says.</param>
public sealed record AlertView(
    string Receipt, string Source, string? KeyId, AlertFormat Format, DateTimeOffset ReceivedAt, Severity Severity, PolicyArea PolicyArea, IReadOnlyList<string> Regions, bool Exercise, string Tlp,
    string? Escalation, string Reason, string? Matched, string Rule, string Why, string Hash, IncomingAlert Alert)
{
    /// <summary>What <see cref="Read"/> reads, of <c>a</c>.</summary>
    public const string Columns = "a.id, a.source, a.key_id, a.format, a.received_at, a.severity, a.policy_area, a.regions, a.exercise, a.escalation, a.reason, a.matched, a.rule, a.maintenance, a.hash, a.body, a.tlp";

    /// <param name="atLeast">How secret the list is in which it stands.</param>
    public static AlertView Read(NpgsqlDataReader row, Tlp atLeast)
    {
        var (escalation, reason, matched, rule, maintenance) = (Text(row, 9), row.GetString(10), Text(row, 11), row.GetString(12), Text(row, 13));
        return new AlertView(
            row.GetGuid(0).ToString(), row.GetString(1), Text(row, 2), Enum.Parse<AlertFormat>(row.GetString(3)), row.GetFieldValue<DateTimeOffset>(4), (Severity)row.GetInt16(5),
            Enum.Parse<PolicyArea>(row.GetString(6)), row.IsDBNull(7) ? [] : row.GetFieldValue<string[]>(7), row.GetBoolean(8),
            TlpNames.Of((Tlp)Math.Max(row.GetInt16(16), (short)atLeast)), escalation, reason, matched, rule,
            Explain(reason, matched, rule, maintenance), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(14)), JsonSerializer.Deserialize<IncomingAlert>(row.GetString(15), Json.Stored)!);
    }

    /// <summary>Why it belongs where it stands, for a person who asks.</summary>
    public static string Explain(string reason, string? matched, string rule, string? maintenance) => reason switch
    {
        AlertRows.Raised => $"It raised this escalation: no open one had its dedup key or its content. Rule: {rule}.",
        nameof(FoldReason.DedupKey) => $"It was folded in: this escalation was open under the dedup key '{matched}' of the same source.",
        nameof(FoldReason.ContentId) => $"It was folded in: this escalation was open and about the same content, '{matched}'.",
        nameof(FoldReason.Reference) => $"It was folded in: the same reference, '{matched}', was reported before in another way.",
        nameof(FoldReason.Acknowledged) => $"Its source says that it has seen to what has the dedup key '{matched}'.",
        nameof(FoldReason.Resolved) => $"Its source says that what has the dedup key '{matched}' is over. That closes nothing here.",
        nameof(KeptReason.BelowFloor) => $"It is kept and raised nothing: less severe than the floor of the rule '{rule}', and nothing open has its keys.",
        nameof(KeptReason.Maintenance) => maintenance is null
            ? "It was kept back during maintenance, and was over when that ended."
            : $"It is kept back: its source is under maintenance ({maintenance}). It is looked at again when that ends.",
        nameof(KeptReason.NothingOpen) => "It is kept and raised nothing: its source takes something back of which nothing is open here.",
        nameof(KeptReason.Automatic) => "It is kept and raised nothing: a machine answered, such as an out-of-office reply or a bounce.",
        nameof(KeptReason.ReportedBefore) => $"It is kept and raised nothing: the reference '{matched}' was reported before, and that case is over.",
        _ => "It is kept and raised nothing, because the escalation could not be raised. The server's log has the guard.",
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
