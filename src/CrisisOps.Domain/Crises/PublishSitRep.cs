using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// Publishes a situation report with the starred blocks of ICS-209 (domain §6.4). What the state knows is filled in: number,
/// incident, commander, start, period, place. Published up to its due time it satisfies that slot.
/// </summary>
/// <param name="SignificantEvents">Block 28.</param>
/// <param name="PlannedActions">Block 41.</param>
/// <param name="ExpectedEnd">Block 43, in words.</param>
/// <param name="Version">Block 3; absent means Initial for the first and Update afterwards.</param>
/// <param name="PeriodFrom">Block 11; absent means where the last one ended.</param>
/// <param name="IncidentDefinition">Block 9; absent means the summary of the crisis.</param>
/// <param name="Place">Blocks 16 to 25; absent means the regions of the crisis.</param>
/// <param name="ApprovedBy">Block 14: the caller, or a holder of command or planning.</param>
/// <param name="SentTo">Block 15; absent means the core team and the consulted functions.</param>
public sealed record PublishSitRep(
    string SignificantEvents,
    string PlannedActions,
    string? ExpectedEnd = null,
    SitRepVersion? Version = null,
    DateTimeOffset? PeriodFrom = null,
    DateTimeOffset? PeriodTo = null,
    string? IncidentDefinition = null,
    string? Place = null,
    string? PreparedBy = null,
    string? ApprovedBy = null,
    IReadOnlyList<string>? SentTo = null,
    string? ResidualRisk = null) : Command, ICrisisCommand<PublishSitRep>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("publish-sit-rep");

    public static Ruling Decide(PublishSitRep command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.Planning.Check(state, context) is { } refused)
        {
            return refused;
        }

        if (state.Commander is not { } commander)
        {
            return Ruling.Refuse("starred-blocks", "Block 4 names the commander, and there is none yet; appoint one first.", "assign-role", "assume-command");
        }

        if (string.IsNullOrWhiteSpace(command.SignificantEvents) || string.IsNullOrWhiteSpace(command.PlannedActions))
        {
            return Ruling.Refuse("starred-blocks", "Fill significantEvents (block 28) and plannedActions (block 41).");
        }

        var first = state.SitReps.IsEmpty;
        var version = command.Version ?? (first ? SitRepVersion.Initial : SitRepVersion.Update);
        if (first != (version == SitRepVersion.Initial))
        {
            return Ruling.Refuse("sit-rep-version", first ? "The first report is the Initial one." : "The Initial report is out; this is an Update or the Final one.");
        }

        if (version == SitRepVersion.Final && state.Stage != CrisisState.Stabilizing)
        {
            return Ruling.Refuse("final-when-stabilizing", "The Final report ends the reporting; stabilize the crisis first.", "stabilize");
        }

        var from = command.PeriodFrom ?? (first ? state.OccurredAt : state.SitReps[^1].PeriodTo);
        var to = command.PeriodTo ?? context.Now;
        if (from > to || to > context.Now)
        {
            return Ruling.Refuse("period-order", "The period begins before it ends, and it ends now or earlier.");
        }

        var approver = command.ApprovedBy ?? context.Caller.Id;
        if (approver != context.Caller.Id && !state.Holds(approver, CrisisGivers.Planning.Holders))
        {
            return Ruling.Refuse("approver-holds-role", $"'{approver}' holds neither command nor planning in this crisis.");
        }

        var published = new SitRepPublished(
            state.SitReps.Count + 1, version, from, to, state.Codename ?? state.Title, command.IncidentDefinition ?? state.Summary, commander, state.OccurredAt,
            command.Place ?? (state.Regions.IsEmpty ? Regions.World : string.Join(", ", state.Regions)), command.SignificantEvents, command.PlannedActions,
            command.ExpectedEnd ?? "unknown", command.PreparedBy ?? context.Caller.Id, approver,
            command.SentTo ?? [nameof(Audience.Core), nameof(Audience.CrossFunctional)], command.ResidualRisk,
            state.NextSitRepDue, version == SitRepVersion.Final ? null : SitRepSlots.After(state, context.Now));
        return Ruling.Accept([.. SitRepSlots.Missed(state, context.Now), published]);
    }

    public static IEnumerable<PublishSitRep> Samples(Crisis state, DecisionContext context)
    {
        yield return new("Re-uploads down to 40 an hour; no new live video.", "Keep the live restriction; watch the partners' hashes.", "tomorrow noon");
        if (state.Stage == CrisisState.Stabilizing)
        {
            yield return new("No re-upload for a day.", "Stand down.", "today", SitRepVersion.Final, ResidualRisk: "Low");
        }
    }
}

/// <param name="DueAt">The slot it was published for; null when none was due.</param>
/// <param name="NextDue">Null after the Final one.</param>
public sealed record SitRepPublished(
    int Number,
    SitRepVersion Version,
    DateTimeOffset PeriodFrom,
    DateTimeOffset PeriodTo,
    string IncidentName,
    string IncidentDefinition,
    string Commander,
    DateTimeOffset StartedAt,
    string Place,
    string SignificantEvents,
    string PlannedActions,
    string ExpectedEnd,
    string PreparedBy,
    string ApprovedBy,
    IReadOnlyList<string> SentTo,
    string? ResidualRisk,
    DateTimeOffset? DueAt,
    DateTimeOffset? NextDue) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => (state with
    {
        SitReps = state.SitReps.Add(new SitRep(Number, Version, PeriodFrom, PeriodTo, stamp.RecordedAt)),
        MissedSitReps = [],
        PromisedUpdate = null,
        LastUpdateAt = stamp.RecordedAt,
    }).WithDue(NextDue);

    public Entry Say(Crisis before, Crisis after, Stamp stamp)
    {
        var headline = $"Situation report #{Number} ({Version}), {PeriodFrom:HH:mm}Z to {PeriodTo:HH:mm}Z";
        var next = SitRepSlots.Next(NextDue);
        var risk = ResidualRisk is null ? "" : $" Residual risk: {ResidualRisk}.";
        var body = $"{SignificantEvents} Planned: {PlannedActions}{risk} Expected end: {ExpectedEnd}; {next}";
        return new Entry(EntryKind.SitRep, headline, $"{body}; prepared by {PreparedBy}, approved by {ApprovedBy}")
            .ToCrossFunctional(headline, body)
            .ToExecutive(headline, $"{SignificantEvents}{risk} Expected end: {ExpectedEnd}; {next}");
    }
}
