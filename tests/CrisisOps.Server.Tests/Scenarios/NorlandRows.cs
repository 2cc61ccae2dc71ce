using System.Globalization;
using System.Text.RegularExpressions;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>A row of the story as the domain tells it.</summary>
/// <param name="ByRule">Made by a rule or a timer: no step of the scenario says it.</param>
/// <param name="After">The row that it follows at once. The domain lists a receipt after 50 seconds and links after a minute; the server needs no such time.</param>
internal sealed record NorlandRow(int Number, DateTimeOffset At, string Stream, string Event, bool ByRule = false, int? After = null)
{
    /// <summary>The type as it is stored.</summary>
    public string Type => Regex.Replace(Event, "(?<!^)([A-Z])", "_$1").ToLowerInvariant();
}

/// <summary>The story as the domain lists it, row by row, and what it says is made beside.</summary>
internal static class NorlandRows
{
    public const string E101 = "ESC-2027-000101", E102 = "ESC-2027-000102", E103 = "ESC-2027-000103", E104 = "ESC-2027-000104", E105 = "ESC-2027-000105";
    public const string CR7 = "CR-2027-0007";
    public const string EL1 = "EL-XN-2027-01";

    public static readonly string[] Seven = [EL1, CR7, E101, E102, E103, E104, E105];

    public static readonly IReadOnlyList<NorlandRow> Listed =
    [
        new(1, At("02-15 09:00:00"), EL1, "ElectionRegistered"),
        new(2, At("03-01 14:00:00"), EL1, "ElectionRiskAssessed"),
        new(3, At("03-02 10:00:00"), EL1, "PhaseScheduleSet"),
        new(4, At("04-15 22:00:00"), EL1, "ElectionPhaseEntered", ByRule: true),
        new(5, At("05-14 08:00:00"), EL1, "PostureChanged"),
        new(6, At("05-14 22:00:00"), EL1, "ElectionPhaseEntered", ByRule: true),
        new(7, At("05-14 22:00:04"), EL1, "ElectionMeasureActivated", ByRule: true, After: 6),
        new(8, At("05-15 13:55:10"), E101, "EscalationRaised"),
        new(9, At("05-15 13:56:00"), E101, "ReceiptAcknowledged", ByRule: true, After: 8),
        new(10, At("05-15 13:57:20"), E101, "EscalationTriaged"),
        new(11, At("05-15 13:58:00"), E101, "EscalationAssigned"),
        new(12, At("05-15 14:00:30"), E101, "InvestigationStarted"),
        new(13, At("05-15 14:02:00"), E102, "EscalationRaised"),
        new(14, At("05-15 14:03:00"), E103, "EscalationRaised"),
        new(15, At("05-15 14:03:01"), CR7, "CrisisProposed", ByRule: true, After: 14),
        new(16, At("05-15 14:05:30"), CR7, "CrisisAssessed"),
        new(17, At("05-15 14:06:00"), E102, "EscalationTriaged"),
        new(18, At("05-15 14:07:00"), CR7, "CrisisDeclared"),
        new(19, At("05-15 14:07:10"), CR7, "CommandRoleAssigned"),
        new(20, At("05-15 14:07:40"), CR7, "CommandRoleAssigned"),
        new(21, At("05-15 14:08:00"), E101, "EscalationLinkedToCrisis", ByRule: true, After: 18),
        new(22, At("05-15 14:08:00"), E102, "EscalationLinkedToCrisis", ByRule: true, After: 18),
        new(23, At("05-15 14:08:00"), E103, "EscalationLinkedToCrisis", ByRule: true, After: 18),
        new(24, At("05-15 14:08:30"), CR7, "CommandRoleAssigned"),
        new(25, At("05-15 14:09:00"), E101, "DecisionProposed"),
        new(26, At("05-15 14:10:30"), CR7, "CrisisLawEnforcementReferred"),
        new(27, At("05-15 14:11:00"), E101, "DecisionApproved"),
        new(28, At("05-15 14:12:00"), E101, "EnforcementExecuted"),
        new(29, At("05-15 14:12:30"), CR7, "LeverActivated"),
        new(30, At("05-15 14:14:00"), CR7, "PartnerAlertIssued"),
        new(31, At("05-15 14:16:00"), E101, "RequesterResponded"),
        new(32, At("05-15 14:18:00"), CR7, "CrisisUpdatePosted"),
        new(33, At("05-15 14:20:00"), E104, "EscalationRaised"),
        new(34, At("05-15 14:21:00"), CR7, "CrisisUpdateCorrected"),
        new(35, At("05-15 14:23:00"), E104, "EscalationTriaged"),
        new(36, At("05-15 14:24:00"), E104, "EscalationAssigned"),
        new(37, At("05-15 14:25:00"), E103, "EscalationMerged"),
        new(38, At("05-15 14:26:00"), E104, "InvestigationStarted"),
        new(39, At("05-15 14:34:00"), CR7, "PartnerAckOverdue", ByRule: true),
        new(40, At("05-15 14:36:20"), CR7, "SitRepPublished"),
        new(41, At("05-15 14:40:00"), E104, "DecisionProposed"),
        new(42, At("05-15 14:44:00"), CR7, "CrisisUpdatePosted"),
        new(43, At("05-15 14:47:00"), E104, "DecisionApproved"),
        new(44, At("05-15 14:52:00"), E104, "EnforcementExecuted"),
        new(45, At("05-15 14:58:00"), E104, "RequesterResponded"),
        new(46, At("05-15 15:01:00"), E104, "EscalationResolved"),
        new(47, At("05-15 15:10:00"), E101, "EscalationResolved"),
        new(48, At("05-15 15:22:00"), CR7, "PartnerAlertUpdated"),
        new(49, At("05-15 16:05:00"), E105, "EscalationRaised"),
        new(50, At("05-15 16:05:30"), E105, "EscalationLinkedToElection"),
        new(51, At("05-15 16:09:00"), E105, "EscalationTriaged"),
        new(52, At("05-15 16:10:00"), EL1, "CrisisLinkedToElection"),
        new(53, At("05-15 16:12:00"), E105, "EscalationAssigned"),
        new(54, At("05-15 16:20:00"), E105, "RequesterResponded"),
        new(55, At("05-15 16:25:00"), E105, "InvestigationStarted"),
        new(56, At("05-15 18:00:00"), E105, "EscalationReassigned"),
        new(57, At("05-15 18:02:00"), E102, "SlaBreached", ByRule: true),
        new(58, At("05-15 18:05:00"), CR7, "CommandTransferred"),
        new(59, At("05-15 18:30:00"), E105, "DecisionProposed"),
        new(60, At("05-15 18:40:00"), E102, "InquiryAnswered"),
        new(61, At("05-15 18:41:00"), E105, "DecisionApproved"),
        new(62, At("05-15 18:55:00"), E105, "EnforcementExecuted"),
        new(63, At("05-15 19:05:00"), E105, "EscalationResolved"),
        new(64, At("05-15 22:30:00"), CR7, "CrisisStabilized"),
        new(65, At("05-16 04:00:00"), EL1, "ElectionPhaseEntered", ByRule: true),
        new(66, At("05-16 14:12:30"), CR7, "LeverExpired", ByRule: true),
        new(67, At("05-16 18:00:00"), EL1, "ElectionPhaseEntered", ByRule: true),
        new(68, At("05-17 13:30:00"), CR7, "SitRepPublished"),
        new(69, At("05-17 13:40:00"), CR7, "PartnerAlertCancelled"),
        new(70, At("05-17 14:00:00"), CR7, "CrisisStoodDown"),
        new(71, At("05-17 14:00:01"), CR7, "CrisisReviewOpened", ByRule: true, After: 70),
        new(72, At("05-18 08:00:00"), EL1, "PostureChanged", ByRule: true),
        new(73, At("05-23 18:00:00"), EL1, "ElectionMeasureLifted", ByRule: true),
        new(74, At("05-28 10:00:00"), EL1, "ElectionPhaseEntered", ByRule: true),
        new(75, At("05-28 15:00:00"), CR7, "CrisisClosed"),
    ];

    /// <summary>When the situation reports #1 to #25 were due: every half an hour, and every four hours from the stabilization on.</summary>
    public static readonly IReadOnlyList<DateTimeOffset> ReportsDue =
    [
        .. Enumerable.Range(0, 16).Select(n => At("05-15 14:37:00").AddMinutes(30 * n)),
        .. Enumerable.Range(0, 9).Select(n => At("05-16 02:30:00").AddHours(4 * n)),
    ];

    /// <summary>Situation reports #2 to #25, out less than a minute before they are due, and the end of each case 72 hours after its answer.</summary>
    public static readonly IReadOnlyList<NorlandRow> Beside =
    [
        .. ReportsDue.Skip(1).Select(due => new NorlandRow(0, due.AddSeconds(-40), CR7, "SitRepPublished")),
        .. Listed.Where(r => r.Event is "EscalationResolved" or "InquiryAnswered").Select(r => new NorlandRow(0, r.At.AddHours(72), r.Stream, "EscalationClosed", ByRule: true)),
    ];

    /// <summary>All of it, in the order of the instants.</summary>
    public static readonly IReadOnlyList<NorlandRow> All = [.. Listed.Concat(Beside).OrderBy(r => r.At).ThenBy(r => r.Number)];

    /// <summary>When a row has to stand in the store at the earliest.</summary>
    public static DateTimeOffset Earliest(this NorlandRow row) => row.After is { } after ? Listed[after - 1].At : row.At;

    /// <summary>The entry of a row on a timeline.</summary>
    public static string Entry(int number)
    {
        var stream = Listed[number - 1].Stream;
        return $"{stream}@{Listed.Take(number).Count(r => r.Stream == stream)}";
    }

    /// <summary>An instant of the year of the story.</summary>
    public static DateTimeOffset At(string text) =>
        DateTimeOffset.ParseExact("2027-" + text + "Z", "yyyy-MM-dd HH:mm:ssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
