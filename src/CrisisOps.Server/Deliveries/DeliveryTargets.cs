using System.Collections.Immutable;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Deliveries;

/// <param name="Secrets">Those in force, the newest first; empty where nothing is signed.</param>
public sealed record DeliveryAim(string Address, ImmutableArray<byte[]> Secrets);

/// <summary>One kind of those who are told. Adding one is adding a file with a class of it.</summary>
public interface IRecipients
{
    /// <summary>What their keys begin with, up to the first hyphen, such as <c>PRT</c>.</summary>
    string Prefix { get; }

    /// <summary>The aim of each message by its id, or why it does not go out.</summary>
    Task<Dictionary<string, (DeliveryAim? Aim, string? Why)>> Aims(IReadOnlyCollection<Addressed> messages, CancellationToken cancellation);

    /// <summary>The address of this message is no more: nothing is sent there until somebody looks at it.</summary>
    Task Gone(Addressed message, CancellationToken cancellation);

    /// <summary>Somebody has answered there, with the link that was sent there.</summary>
    Task<Reply> Confirm(string recipient, string endpoint, CancellationToken cancellation);
}

/// <summary>
/// Where a message goes, judged when it goes: a recipient that was suspended, lost clearance or changed its address while the message waited
/// gets nothing at the old place.
/// </summary>
public sealed class DeliveryTargets(IEnumerable<IRecipients> recipients)
{
    private readonly Dictionary<string, IRecipients> _recipients = recipients.ToDictionary(r => r.Prefix, StringComparer.Ordinal);

    /// <summary>The aim of each message by its id, or why it does not go out.</summary>
    public async Task<Dictionary<string, (DeliveryAim? Aim, string? Why)>> Of(IReadOnlyCollection<Addressed> messages, CancellationToken cancellation)
    {
        Dictionary<string, (DeliveryAim? Aim, string? Why)> aims = messages.ToDictionary(m => m.Id, m => ((DeliveryAim?)null, m.Overtaken ?? "unknown-recipient"), StringComparer.Ordinal)!;
        foreach (var kind in messages.Where(m => m.Overtaken is null).GroupBy(Kind).Where(k => k.Key is not null))
        {
            foreach (var (id, aim) in await kind.Key!.Aims([.. kind], cancellation))
            {
                aims[id] = aim;
            }
        }

        return aims;
    }

    /// <inheritdoc cref="IRecipients.Gone"/>
    public Task Gone(Addressed message, CancellationToken cancellation) => Kind(message)?.Gone(message, cancellation) ?? Task.CompletedTask;

    /// <inheritdoc cref="IRecipients.Confirm"/>
    public Task<Reply> Confirm(string recipient, string endpoint, CancellationToken cancellation) =>
        Kind(recipient)?.Confirm(recipient, endpoint, cancellation) ?? Task.FromResult<Reply>(Reply.NotFound.Instance);

    private IRecipients? Kind(Addressed message) => Kind(message.Recipient);

    private IRecipients? Kind(string recipient) => _recipients.GetValueOrDefault(recipient.Split('-')[0]);
}
