using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Wolverine;

namespace CrisisOps.Server.Crises;

/// <summary>
/// A crisis and its escalations name each other (domain §3, P4 and P19): what is attached to a live crisis is linked to it, what is linked
/// is attached, and what leaves on one side leaves on the other. A rule answers to what is still so when it hears of it, so a link that is
/// taken back at once does not come back; and each answer to the other's answer is refused, so it ends there.
/// </summary>
public sealed class LinkAttachedHandler
{
    public static async Task Handle(Happened<CrisisDeclared, LinkAttachedHandler> declared, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        foreach (var attached in (await Crisis(declared.Stream, loader, cancellation)).Escalations)
        {
            await declared.Give(bus, attached.Key, new LinkToCrisis(declared.Stream, attached.ByRule), cancellation);
        }
    }

    public static async Task Handle(Happened<EscalationAttached, LinkAttachedHandler> attached, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        if (await Crisis(attached.Stream, loader, cancellation) is { DeclaredAt: not null } crisis && crisis.Has(attached.Event.EscalationKey))
        {
            await attached.Give(bus, attached.Event.EscalationKey, new LinkToCrisis(attached.Stream, attached.Event.ByRule), cancellation);
        }
    }

    public static async Task Handle(Happened<EscalationDetached, LinkAttachedHandler> detached, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        if (!(await Crisis(detached.Stream, loader, cancellation)).Has(detached.Event.EscalationKey))
        {
            await detached.Give(bus, detached.Event.EscalationKey, new Unlink(detached.Stream, detached.Event.Reason), cancellation);
        }
    }

    public static async Task Handle(Happened<EscalationLinkedToCrisis, LinkAttachedHandler> linked, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        if (await LinkedTo(linked.Stream, loader, cancellation) == linked.Event.CrisisKey)
        {
            await linked.Give(bus, linked.Event.CrisisKey, new AttachEscalation(linked.Stream), cancellation);
        }
    }

    public static async Task Handle(Happened<EscalationUnlinked, LinkAttachedHandler> unlinked, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        var key = unlinked.Event.Key;
        if (key.StartsWith("CR-", StringComparison.Ordinal) && await LinkedTo(unlinked.Stream, loader, cancellation) != key)
        {
            await unlinked.Give(bus, key, new DetachEscalation(unlinked.Stream, unlinked.Event.Reason ?? "unlinked"), cancellation);
        }
    }

    /// <summary>The crisis that goes on takes over what belonged to the one that was merged into it.</summary>
    public static async Task Handle(Happened<CrisisMerged, LinkAttachedHandler> merged, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        var target = await Crisis(merged.Event.Into, loader, cancellation);
        foreach (var key in (await Crisis(merged.Stream, loader, cancellation)).Escalations.Select(e => e.Key))
        {
            await merged.Give(bus, key, new Unlink(merged.Stream, $"merged into {merged.Event.Into}"), cancellation);
            await merged.Give(bus, merged.Event.Into, new AttachEscalation(key), cancellation, key);
            if (target.DeclaredAt is not null)
            {
                await merged.Give(bus, key, new LinkToCrisis(merged.Event.Into), cancellation);
            }
        }
    }

    /// <summary>A second, different attack becomes a proposal of its own (domain §9.5).</summary>
    public static Task Handle(Happened<ProposalSplit, LinkAttachedHandler> split, IMessageBus bus, CancellationToken cancellation) => split.Give(
        bus, null, new ProposeCrisis(split.Event.Type, split.Event.Summary, split.Event.Region, Refs: split.Event.Escalations, SeparateFrom: split.Stream), cancellation);

    private static async Task<string?> LinkedTo(string escalation, StreamLoader loader, CancellationToken cancellation) =>
        ((Escalation)(await loader.Load([escalation], cancellation))[escalation].State).CrisisKey;

    private static async Task<Crisis> Crisis(string key, StreamLoader loader, CancellationToken cancellation) => (Crisis)(await loader.Load([key], cancellation))[key].State;
}
