using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Wolverine;

namespace CrisisOps.Server.Reviews;

/// <summary>A crisis that was stood down is reviewed (domain §3, P17): the review is opened, with the timeline as it stood then.</summary>
public sealed class OpenReviewOfCrisisHandler
{
    public static async Task Handle(Happened<CrisisStoodDown, OpenReviewOfCrisisHandler> ended, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        var crisis = await Load<Crisis>(ended.Stream, loader, cancellation);
        await ended.Give(bus, ended.Stream, new OpenReview(await Owner(crisis, ended.Stamp.Actor, loader, cancellation)), cancellation);
    }

    public static async Task Handle(Happened<CrisisReviewOpened, OpenReviewOfCrisisHandler> opened, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        var crisis = await Load<Crisis>(opened.Stream, loader, cancellation);
        var (key, owner, due) = (opened.Event.ReviewKey, opened.Event.Owner, opened.Event.DueAt);
        var reply = await opened.Give(bus, key, new OpenPostIncidentReview(opened.Stream, owner, due, Exercise: crisis.Exercise), cancellation);
        if (reply is not Reply.Done)
        {
            // It was stood down before, and taken up again.
            await opened.Give(bus, key, new RestartReview(owner, due), cancellation);
        }

        await opened.Give(bus, key, new FreezeTimeline(crisis.StoodDownAt ?? opened.Stamp.RecordedAt), cancellation);
    }

    public static async Task Handle(Happened<CrisisReactivated, OpenReviewOfCrisisHandler> again, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        if ((await Load<Crisis>(again.Stream, loader, cancellation)).ReviewKey is { } review)
        {
            await again.Give(bus, review, new SuspendReview(), cancellation);
        }
    }

    /// <summary>Whoever owns the first case knows it from the beginning; without one, whoever stood it down.</summary>
    private static async Task<string> Owner(Crisis crisis, string otherwise, StreamLoader loader, CancellationToken cancellation) =>
        crisis.Escalations is [var first, ..] && await Load<Escalation>(first.Key, loader, cancellation) is { Owner: { } owner } ? owner : otherwise;

    private static async Task<TState> Load<TState>(string key, StreamLoader loader, CancellationToken cancellation)
        where TState : class => (TState)(await loader.Load([key], cancellation))[key].State;
}
