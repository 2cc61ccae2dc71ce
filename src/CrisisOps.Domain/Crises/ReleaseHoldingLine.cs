using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>The incident commander alone releases a line that was approved in advance; it is reviewed afterwards (domain §9.1).</summary>
/// <param name="Line">Which of the configured lines, from 1.</param>
public sealed record ReleaseHoldingLine(int Line = 1) : Command, ICrisisCommand<ReleaseHoldingLine>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("release-holding-line");

    public static Ruling Decide(ReleaseHoldingLine command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.CommanderAlone.Check(state, context) is { } refused)
        {
            return refused;
        }

        var lines = context.Rules.Crises.HoldingLines;
        if (command.Line < 1 || command.Line > lines.Length)
        {
            return Ruling.Refuse("holding-line-known", $"There are {lines.Length} holding lines; line counts from 1.");
        }

        var text = lines[command.Line - 1];
        UpdateFor[] audiences = [new(Audience.Public, text)];
        return UpdateGuard.Published(audiences, text, state) ?? Ruling.Accept(new CrisisUpdatePosted(
            UpdateGuard.NextId(state), audiences, Shared.Tlp.CLEAR, text, null, null, state.NextSitRepDue, Promised: false, AckDueAt: null,
            DraftedBy: null, context.Caller.Id, DraftId: null, ReviewOwed: true));
    }

    public static IEnumerable<ReleaseHoldingLine> Samples(Crisis state, DecisionContext context) => [new()];
}
