namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>The weekend of Norland as the domain lists it, row by row; what is produced by rule and not listed are situation reports and closures.</summary>
internal static class NorlandRows
{
    public const string EL1 = "EL-XN-2027-01";
    public const string CR7 = "CR-2027-0007";
    public const string E101 = "ESC-2027-000101";
    public const string E102 = "ESC-2027-000102";
    public const string E103 = "ESC-2027-000103";
    public const string E104 = "ESC-2027-000104";
    public const string E105 = "ESC-2027-000105";

    /// <summary>Rows that nobody sends: rules and timers make them. A rule follows its cause at once, where the listing lets a moment pass.</summary>
    public static readonly int[] ByRule = [4, 6, 7, 9, 15, 21, 22, 23, 39, 57, 65, 66, 67, 71, 72, 73, 74];

    public static readonly Row[] All =
    [
        new(1, "2027-02-15T09:00:00Z", EL1, "election_registered"),
        new(2, "2027-03-01T14:00:00Z", EL1, "election_risk_assessed"),
        new(3, "2027-03-02T10:00:00Z", EL1, "phase_schedule_set"),
        new(4, "2027-04-15T22:00:00Z", EL1, "election_phase_entered"),
        new(5, "2027-05-14T08:00:00Z", EL1, "posture_changed"),
        new(6, "2027-05-14T22:00:00Z", EL1, "election_phase_entered"),
        new(7, "2027-05-14T22:00:04Z", EL1, "election_measure_activated"),
        new(8, "2027-05-15T13:55:10Z", E101, "escalation_raised"),
        new(9, "2027-05-15T13:56:00Z", E101, "receipt_acknowledged"),
        new(10, "2027-05-15T13:57:20Z", E101, "escalation_triaged"),
        new(11, "2027-05-15T13:58:00Z", E101, "escalation_assigned"),
        new(12, "2027-05-15T14:00:30Z", E101, "investigation_started"),
        new(13, "2027-05-15T14:02:00Z", E102, "escalation_raised"),
        new(14, "2027-05-15T14:03:00Z", E103, "escalation_raised"),
        new(15, "2027-05-15T14:03:01Z", CR7, "crisis_proposed"),
        new(16, "2027-05-15T14:05:30Z", CR7, "crisis_assessed"),
        new(17, "2027-05-15T14:06:00Z", E102, "escalation_triaged"),
        new(18, "2027-05-15T14:07:00Z", CR7, "crisis_declared"),
        new(19, "2027-05-15T14:07:10Z", CR7, "command_role_assigned"),
        new(20, "2027-05-15T14:07:40Z", CR7, "command_role_assigned"),
        new(21, "2027-05-15T14:08:00Z", E101, "escalation_linked_to_crisis"),
        new(22, "2027-05-15T14:08:00Z", E102, "escalation_linked_to_crisis"),
        new(23, "2027-05-15T14:08:00Z", E103, "escalation_linked_to_crisis"),
        new(24, "2027-05-15T14:08:30Z", CR7, "command_role_assigned"),
        new(25, "2027-05-15T14:09:00Z", E101, "decision_proposed"),
        new(26, "2027-05-15T14:10:30Z", CR7, "crisis_law_enforcement_referred"),
        new(27, "2027-05-15T14:11:00Z", E101, "decision_approved"),
        new(28, "2027-05-15T14:12:00Z", E101, "enforcement_executed"),
        new(29, "2027-05-15T14:12:30Z", CR7, "lever_activated"),
        new(30, "2027-05-15T14:14:00Z", CR7, "partner_alert_issued"),
        new(31, "2027-05-15T14:16:00Z", E101, "requester_responded"),
        new(32, "2027-05-15T14:18:00Z", CR7, "crisis_update_posted"),
        new(33, "2027-05-15T14:20:00Z", E104, "escalation_raised"),
        new(34, "2027-05-15T14:21:00Z", CR7, "crisis_update_corrected"),
        new(35, "2027-05-15T14:23:00Z", E104, "escalation_triaged"),
        new(36, "2027-05-15T14:24:00Z", E104, "escalation_assigned"),
        new(37, "2027-05-15T14:25:00Z", E103, "escalation_merged"),
        new(38, "2027-05-15T14:26:00Z", E104, "investigation_started"),
        new(39, "2027-05-15T14:34:00Z", CR7, "partner_ack_overdue"),
        new(40, "2027-05-15T14:36:20Z", CR7, "sit_rep_published"),
        new(41, "2027-05-15T14:40:00Z", E104, "decision_proposed"),
        new(42, "2027-05-15T14:44:00Z", CR7, "crisis_update_posted"),
        new(43, "2027-05-15T14:47:00Z", E104, "decision_approved"),
        new(44, "2027-05-15T14:52:00Z", E104, "enforcement_executed"),
        new(45, "2027-05-15T14:58:00Z", E104, "requester_responded"),
        new(46, "2027-05-15T15:01:00Z", E104, "escalation_resolved"),
        new(47, "2027-05-15T15:10:00Z", E101, "escalation_resolved"),
        new(48, "2027-05-15T15:22:00Z", CR7, "partner_alert_updated"),
        new(49, "2027-05-15T16:05:00Z", E105, "escalation_raised"),
        new(50, "2027-05-15T16:05:30Z", E105, "escalation_linked_to_election"),
        new(51, "2027-05-15T16:09:00Z", E105, "escalation_triaged"),
        new(52, "2027-05-15T16:10:00Z", EL1, "crisis_linked_to_election"),
        new(53, "2027-05-15T16:12:00Z", E105, "escalation_assigned"),
        new(54, "2027-05-15T16:20:00Z", E105, "requester_responded"),
        new(55, "2027-05-15T16:25:00Z", E105, "investigation_started"),
        new(56, "2027-05-15T18:00:00Z", E105, "escalation_reassigned"),
        new(57, "2027-05-15T18:02:00Z", E102, "sla_breached"),
        new(58, "2027-05-15T18:05:00Z", CR7, "command_transferred"),
        new(59, "2027-05-15T18:30:00Z", E105, "decision_proposed"),
        new(60, "2027-05-15T18:40:00Z", E102, "inquiry_answered"),
        new(61, "2027-05-15T18:41:00Z", E105, "decision_approved"),
        new(62, "2027-05-15T18:55:00Z", E105, "enforcement_executed"),
        new(63, "2027-05-15T19:05:00Z", E105, "escalation_resolved"),
        new(64, "2027-05-15T22:30:00Z", CR7, "crisis_stabilized"),
        new(65, "2027-05-16T04:00:00Z", EL1, "election_phase_entered"),
        new(66, "2027-05-16T14:12:30Z", CR7, "lever_expired"),
        new(67, "2027-05-16T18:00:00Z", EL1, "election_phase_entered"),
        new(68, "2027-05-17T13:30:00Z", CR7, "sit_rep_published"),
        new(69, "2027-05-17T13:40:00Z", CR7, "partner_alert_cancelled"),
        new(70, "2027-05-17T14:00:00Z", CR7, "crisis_stood_down"),
        new(71, "2027-05-17T14:00:01Z", CR7, "crisis_review_opened"),
        new(72, "2027-05-18T08:00:00Z", EL1, "posture_changed"),
        new(73, "2027-05-23T18:00:00Z", EL1, "election_measure_lifted"),
        new(74, "2027-05-28T10:00:00Z", EL1, "election_phase_entered"),
        new(75, "2027-05-28T15:00:00Z", CR7, "crisis_closed"),
    ];

    /// <param name="At">RFC 3339.</param>
    /// <param name="Type">As stored.</param>
    public sealed record Row(int Number, string At, string Stream, string Type)
    {
        public DateTimeOffset Instant => DateTimeOffset.Parse(At, System.Globalization.CultureInfo.InvariantCulture);

        public bool Made => ByRule.Contains(Number);
    }
}
