using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>The incident commander alone releases a line that was approved in advance; it is reviewed afterwards (domain §9.1).</summary>
/// <param name="Line">Which of the configured lines, from 1.</param>
/// <param name="SendAfter">Holds it back for so long, two minutes at most, in which <c>withdraw-update</c> takes it back. Absent means that it goes out at once.</param>
public sealed record ReleaseHoldingLine(int Line = 1, TimeSpan? SendAfter = null) : Command, ICrisisCommand<ReleaseHoldingLine>
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
        var update = WrittenUpdate.Public(text, draftedBy: null, context.Caller.Id, draftId: null, reviewOwed: true);
        return UpdateGuard.Published(update.Audiences, text, state) ?? update.Give(command.SendAfter, state, context);
    }

    public static IEnumerable<ReleaseHoldingLine> Samples(Crisis state, DecisionContext context) => [new()];
}
