using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Wolverine;

namespace CrisisOps.Server.Reviews;

/// <summary>A crisis that was stood down is reviewed (domain §3, P17): the review is opened, with the timeline as it stood then.</summary>
public static class OpenReviewOfCrisisHandler
{
    private const string Name = "review";

    public static async Task Handle(Happened<CrisisStoodDown> ended, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        var crisis = await Load<Crisis>(ended.Stream, loader, cancellation);
        await ended.Give(bus, Name, ended.Stream, new OpenReview(await Owner(crisis, ended.Stamp.Actor, loader, cancellation)), cancellation);
    }

    public static async Task Handle(Happened<CrisisReviewOpened> opened, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        var crisis = await Load<Crisis>(opened.Stream, loader, cancellation);
        var (key, owner, due) = (opened.Event.ReviewKey, opened.Event.Owner, opened.Event.DueAt);
        var reply = await opened.Give(bus, Name, key, new OpenPostIncidentReview(opened.Stream, owner, due, Exercise: crisis.Exercise), cancellation);
        if (reply is not Reply.Done)
        {
            // It was stood down before, and taken up again.
            await opened.Give(bus, "restart", key, new RestartReview(owner, due), cancellation);
        }

        await opened.Give(bus, "freeze", key, new FreezeTimeline(crisis.StoodDownAt ?? opened.Stamp.RecordedAt), cancellation);
    }

    public static async Task Handle(Happened<CrisisReactivated> again, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        if ((await Load<Crisis>(again.Stream, loader, cancellation)).ReviewKey is { } review)
        {
            await again.Give(bus, "suspend", review, new SuspendReview(), cancellation);
        }
    }

    /// <summary>Whoever owns the first case knows it from the beginning; without one, whoever stood it down.</summary>
    private static async Task<string> Owner(Crisis crisis, string otherwise, StreamLoader loader, CancellationToken cancellation) =>
        crisis.Escalations is [var first, ..] && await Load<Escalation>(first.Key, loader, cancellation) is { Owner: { } owner } ? owner : otherwise;

    private static async Task<TState> Load<TState>(string key, StreamLoader loader, CancellationToken cancellation)
        where TState : class => (TState)(await loader.Load([key], cancellation))[key].State;
}
