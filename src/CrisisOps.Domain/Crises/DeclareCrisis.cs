using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// Declares the crisis at the level of an assessment of the last 60 minutes. Below the threshold it takes a duty lead's
/// justification, and it is Level3 (domain §2.2).
/// </summary>
/// <param name="Codename">How people will call it, for example <c>HARBOUR</c>.</param>
public sealed record DeclareCrisis(string Codename, string? Justification = null) : Command, ICrisisCommand<DeclareCrisis>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule("declare", CrisisState.Proposed);

    public static Ruling Decide(DeclareCrisis command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.CommandOrLead.Check(state, context) is { } refused)
        {
            return refused;
        }

        if (state.Assessment is not { } assessed || assessed.At + context.Rules.Crises.AssessmentFresh < context.Now)
        {
            return Ruling.Refuse(
                "assessed-lately", $"Assess first: an assessment counts for {context.Rules.Crises.AssessmentFresh.TotalMinutes:0} minutes.", "assess", "stand-up");
        }

        if (string.IsNullOrWhiteSpace(command.Codename) || state.Leaked(command.Codename) is not null)
        {
            return Ruling.Refuse("codename", "Give it a codename that tells nothing and is no masked term.");
        }

        if (assessed.Level is null && (string.IsNullOrWhiteSpace(command.Justification) || !context.Caller.Is(Role.DutyLead)))
        {
            return Ruling.Refuse("below-threshold", "The scores come to no crisis; a duty lead may declare it with a justification.", "assess", "reject-proposal");
        }

        var level = assessed.Level ?? CrisisLevel.Level3;
        var cadence = context.Rules.Crises.Cadence(CrisisState.Active, level);
        return Ruling.Accept(new CrisisDeclared(level, command.Codename, cadence, context.Now + cadence, command.Justification));
    }

    public static IEnumerable<DeclareCrisis> Samples(Crisis state, DecisionContext context) =>
        [new("HARBOUR"), new("HARBOUR", "below the threshold, but election day is tomorrow")];
}

public sealed record CrisisDeclared(CrisisLevel Level, string Codename, TimeSpan Cadence, DateTimeOffset NextSitRepDue, string? Justification) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => (state with
    {
        Stage = CrisisState.Active,
        Level = Level,
        Codename = Codename,
        Justification = Justification,
        DeclaredAt = stamp.RecordedAt,
    }).WithCadence(Cadence, NextSitRepDue);

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Declared, $"{Codename} declared, {Level}", Join(Justification, SitRepSlots.Next(NextSitRepDue)))
            .ToCrossFunctional($"{Codename} declared, {Level}", SitRepSlots.Next(NextSitRepDue))
            .ToExecutive($"{Codename}: crisis declared, {Level}", SitRepSlots.Next(NextSitRepDue));

    private static string Join(string? justification, string next) => justification is null ? next : $"{justification}. {next}";
}
