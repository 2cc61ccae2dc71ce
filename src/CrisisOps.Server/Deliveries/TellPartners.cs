using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Deliveries;

/// <summary>Alerts go out, are taken back, fall back to the telephone and are acknowledged (domain §3, P12). What is planned is planned once.</summary>
public sealed class TellPartnersHandler
{
    public static Task Handle(Happened<PartnerAlertIssued, TellPartnersHandler> told, AlertTelling telling, AlertCap cap, DeliveryRows rows, CancellationToken cancellation) =>
        Tell(told, telling, cap, rows, cancellation);

    public static Task Handle(Happened<PartnerAlertUpdated, TellPartnersHandler> told, AlertTelling telling, AlertCap cap, DeliveryRows rows, CancellationToken cancellation) =>
        Tell(told, telling, cap, rows, cancellation);

    public static async Task Handle(
        Happened<PartnerAlertCancelled, TellPartnersHandler> told, AlertPlan plan, AlertTelling telling, AlertCap cap, DeliveryRows rows, CancellationToken cancellation)
    {
        // First: what is taken after this is not what is overtaken, so whoever may have it is known.
        await plan.Withdraw(told.Stream, told.Event.References, cancellation);
        await Tell(told, telling, cap, rows, cancellation);
    }

    public static async Task Handle(Happened<PartnerAckOverdue, TellPartnersHandler> overdue, AlertPlan plan, DeliveryRows rows, StreamLoader loader, CancellationToken cancellation)
    {
        var (crisis, e) = (await Crisis(overdue.Stream, loader, cancellation), overdue.Event);
        if (crisis.Alerts.Find(a => a.AlertId == e.AlertId) is not { Cancelled: false } alert || !alert.Silent.Contains(e.Partner))
        {
            return; // acknowledged, or over, in the meantime
        }

        var news = new AlertNews(
            nameof(PartnerAckOverdue), overdue.Id, overdue.Stream, e.AlertId, alert.Tlp, crisis.Level, null, null, [], null, e.DueAt, overdue.Stamp.OccurredAt, overdue.Stamp.RecordedAt, null, Over: false)
        {
            Reader = Audience.Core,
        };
        await rows.Add([await plan.Fallback(news, e.Partner, crisis.Exercise, cancellation)], cancellation);
    }

    public static async Task Handle(Happened<PartnerAckRecorded, TellPartnersHandler> acknowledged, AlertPlan plan, StreamLoader loader, CancellationToken cancellation)
    {
        var (crisis, e) = (await Crisis(acknowledged.Stream, loader, cancellation), acknowledged.Event);
        var last = crisis.Alerts.FindIndex(a => a.AlertId == e.AlertId);
        string[] alerts = [.. crisis.Alerts.Where((a, index) => index <= last && a.Chain == crisis.Alerts[last].Chain).Select(a => a.AlertId)];
        await plan.Acknowledged(acknowledged.Stream, alerts, e.Partner, e.By, e.Channel, acknowledged.Stamp.OccurredAt, cancellation);
    }

    private static async Task Tell<TEvent>(Happened<TEvent, TellPartnersHandler> told, AlertTelling telling, AlertCap cap, DeliveryRows rows, CancellationToken cancellation)
        where TEvent : class =>
        await rows.Add(await telling.Plan(told.Id, told.Event, await cap.Then(told.Stream, told.Stamp.Version, cancellation), told.Stamp, cancellation), cancellation);

    private static async Task<Crisis> Crisis(string key, StreamLoader loader, CancellationToken cancellation) => (Crisis)(await loader.Load([key], cancellation))[key].State;
}
