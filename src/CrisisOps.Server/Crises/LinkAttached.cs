using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Wolverine;

namespace CrisisOps.Server.Crises;

/// <summary>
/// A crisis and its escalations name each other (domain §3, P4 and P19): what is attached to a live crisis is linked to it, what is linked
/// is attached, and what leaves on one side leaves on the other. Each answer to the other's answer is refused, so it ends there.
/// </summary>
public static class LinkAttachedHandler
{
    private const string Name = "link";

    public static async Task Handle(Happened<CrisisDeclared> declared, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        foreach (var attached in (await Crisis(declared.Stream, loader, cancellation)).Escalations)
        {
            await declared.Give(bus, Name, attached.Key, new LinkToCrisis(declared.Stream, attached.ByRule), cancellation);
        }
    }

    public static async Task Handle(Happened<EscalationAttached> attached, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        if ((await Crisis(attached.Stream, loader, cancellation)).DeclaredAt is not null)
        {
            await attached.Give(bus, Name, attached.Event.EscalationKey, new LinkToCrisis(attached.Stream, attached.Event.ByRule), cancellation);
        }
    }

    public static Task Handle(Happened<EscalationDetached> detached, IMessageBus bus, CancellationToken cancellation) =>
        detached.Give(bus, Name, detached.Event.EscalationKey, new Unlink(detached.Stream, detached.Event.Reason), cancellation);

    public static Task Handle(Happened<EscalationLinkedToCrisis> linked, IMessageBus bus, CancellationToken cancellation) =>
        linked.Give(bus, Name, linked.Event.CrisisKey, new AttachEscalation(linked.Stream), cancellation);

    public static Task Handle(Happened<EscalationUnlinked> unlinked, IMessageBus bus, CancellationToken cancellation) =>
        unlinked.Event.Key.StartsWith("CR-", StringComparison.Ordinal)
            ? unlinked.Give(bus, Name, unlinked.Event.Key, new DetachEscalation(unlinked.Stream, "unlinked"), cancellation)
            : Task.CompletedTask;

    /// <summary>The crisis that goes on takes over what belonged to the one that was merged into it.</summary>
    public static async Task Handle(Happened<CrisisMerged> merged, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        var target = await Crisis(merged.Event.Into, loader, cancellation);
        foreach (var key in (await Crisis(merged.Stream, loader, cancellation)).Escalations.Select(e => e.Key))
        {
            await merged.Give(bus, "unlink", key, new Unlink(merged.Stream, $"merged into {merged.Event.Into}"), cancellation);
            await merged.Give(bus, $"take-over:{key}", merged.Event.Into, new AttachEscalation(key), cancellation);
            if (target.DeclaredAt is not null)
            {
                await merged.Give(bus, Name, key, new LinkToCrisis(merged.Event.Into), cancellation);
            }
        }
    }

    /// <summary>A second, different attack becomes a proposal of its own (domain §9.5).</summary>
    public static Task Handle(Happened<ProposalSplit> split, IMessageBus bus, CancellationToken cancellation) => split.Give(
        bus, "split", null, new ProposeCrisis(split.Event.Type, split.Event.Summary, split.Event.Region, Refs: split.Event.Escalations, SeparateFrom: split.Stream), cancellation);

    private static async Task<Crisis> Crisis(string key, StreamLoader loader, CancellationToken cancellation) => (Crisis)(await loader.Load([key], cancellation))[key].State;
}
