using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>What became of an alert that was to raise a case.</summary>
/// <param name="Escalation">The case it raised; null when it did not.</param>
/// <param name="Instead">Where it belongs, as it is not to raise one; null with no case either when somebody was faster.</param>
public readonly record struct RaisedAlert(string? Escalation, PlacedAlert? Instead);

/// <summary>Raises cases for alerts, by the way of every command; the alert is stored in the same commit.</summary>
public sealed partial class AlertRaising(AlertStore store, CommandLanes lanes, StreamKinds kinds, Rules rules, TimeProvider clock, ILogger<AlertRaising> log)
{
    /// <summary>Raises for all of a chunk that are to raise one; what waits together is committed together.</summary>
    public async Task<IReadOnlyDictionary<Guid, RaisedAlert>> Raise(IReadOnlyList<ReceivedAlert> chunk, IReadOnlyList<AlertFate> fates, CancellationToken cancellation)
    {
        Dictionary<Guid, Task<RaisedAlert>> raising = [];
        for (var i = 0; i < fates.Count; i++)
        {
            if (fates[i] is AlertFate.Raise raise)
            {
                raising[chunk[i].Id] = Raise(new RaisingAlert(chunk[i], raise.Olds), cancellation);
            }
        }

        Dictionary<Guid, RaisedAlert> raised = [];
        foreach (var (id, task) in raising)
        {
            raised[id] = await task;
        }

        return raised;
    }

    private async Task<RaisedAlert> Raise(RaisingAlert raising, CancellationToken cancellation)
    {
        var alert = raising.Alert;
        var command = Raising.Of(alert.Alert, alert.Source, alert.Reading, rules, clock.GetUtcNow());
        var caller = Raising.CallerOf(alert.Source);
        Reply reply;
        try
        {
            reply = await lanes.Execute<Escalation, RaiseEscalation>(new Order<RaiseEscalation>(null, command, caller, new OrderTerms(Correlation: alert.Id.ToString(), Alert: raising)), cancellation);
        }
        catch (PostgresException error) when (DatabaseErrors.IsConflict(error))
        {
            return default;
        }

        switch (reply)
        {
            case Reply.Done { Opened: true } done:
                return new RaisedAlert(done.Key, null);
            case Reply.Done or Reply.Refused { Refusal.Guard: "external-reference-unique" } when await store.UnderReference(kinds.Of<Escalation>().NaturalKey(command, caller)!, cancellation) is var (twin, open):
                return new RaisedAlert(null, open
                    ? new PlacedAlert(alert, twin, nameof(FoldReason.Reference), alert.Alert.ExternalRef)
                    : new PlacedAlert(alert, null, nameof(KeptReason.ReportedBefore), alert.Alert.ExternalRef));
            case Reply.Refused refused:
                // Never lost: it is kept, and stands on the list of what raised nothing.
                LogRefused(log, alert.Source.Key, refused.Refusal.Guard);
                return new RaisedAlert(null, new PlacedAlert(alert, null, nameof(KeptReason.NotRaised), null));
            default:
                return default;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An alert of {Source} is kept but raised no escalation: {Guard}")]
    private static partial void LogRefused(ILogger logger, string source, string guard);
}
