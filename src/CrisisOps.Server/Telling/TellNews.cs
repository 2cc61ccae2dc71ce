using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Risks;
using CrisisOps.Server.Reactions;

namespace CrisisOps.Server.Telling;

/// <summary>What happened to an incident is told to who asked for it, who is on duty for it, and whom it needs (domain §4). <see cref="News.Of"/> says which of it is news.</summary>
public sealed class TellNewsHandler
{
    public static Task Handle(Happened<CrisisProposed, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CrisisDeclared, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CrisisUpdatePosted, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CrisisUpdateCorrected, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CrisisEntryRedacted, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<SitRepPublished, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<SitRepOverdue, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CrisisUpdateOverdue, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CrisisUpdateAckOverdue, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<PartnerAckOverdue, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CrisisLevelChanged, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CrisisStabilized, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CrisisReescalated, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CrisisReactivated, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CrisisStoodDown, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CrisisMerged, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CrisisDeclarationAnnulled, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CommandRoleAssigned, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CommandTransferred, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<CommandAssumed, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<EscalationTriaged, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<SeverityChanged, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<EscalationReopened, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<EscalationResolved, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<EscalationAssigned, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<EscalationReassigned, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<SlaBreached, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<LegalDeadlineMissed, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<InputRequested, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<EntryRedacted, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<ElectionEntryRedacted, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<ElectionPhaseEntered, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<PostureChanged, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<SourceFellSilent, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    public static Task Handle(Happened<SurgeDetected, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation) => Tell(told, telling, cancellation);

    private static Task Tell<TEvent>(Happened<TEvent, TellNewsHandler> told, NewsTelling telling, CancellationToken cancellation)
        where TEvent : class =>
        telling.Tell(told.Id, told.Stream, told.Event, told.Stamp, cancellation);
}
