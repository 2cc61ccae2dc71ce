using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Channels.Cap;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// The CAP message of an alert for one partner, of the crisis as the event left it. <c>Cap:Sender</c> and <c>Cap:SenderName</c> say who sends;
/// they stay the same for as long as an alert is open.
/// </summary>
public sealed partial class AlertCap(IConfiguration configuration, PastStates past, ILogger<AlertCap> log)
{
    private readonly CapSender _sender = SenderOf(configuration);

    /// <exception cref="InvalidOperationException">The name that is set can not stand in a message.</exception>
    public static CapSender SenderOf(IConfiguration configuration) => (configuration["Cap:Sender"] ?? "localhost") is var name && CapSender.Fits(name)
        ? new CapSender(name, configuration["Cap:SenderName"] ?? "CrisisOps")
        : throw new InvalidOperationException("Cap:Sender must have no spaces, commas, < or &, and not be empty.");

    /// <summary>Who sends, for people.</summary>
    public string SenderName => _sender.DisplayName;

    /// <summary>How the crisis stood at its version.</summary>
    public async Task<Crisis> Then(string key, long version, CancellationToken cancellation) =>
        (Crisis)(await past.Load(key, new Past(null, version), cancellation)).State;

    /// <param name="then">See <see cref="Then"/>.</param>
    /// <param name="recipient">As the alert names it.</param>
    /// <returns>Null when the message would break a rule of CAP or tell what it must not: then it does not go out.</returns>
    public byte[]? Of(object @event, Crisis then, Stamp stamp, string recipient)
    {
        var envelope = new CapEnvelope(_sender, recipient, stamp.RecordedAt);
        var xml = CapXml.Write(@event switch
        {
            PartnerAlertIssued issued => CapMessages.Of(issued, then, envelope),
            PartnerAlertUpdated updated => CapMessages.Of(updated, then, envelope, CapReference.Of(then, updated.References, _sender)),
            PartnerAlertCancelled cancelled => CapMessages.Of(cancelled, then, envelope, CapReference.Of(then, cancelled.References, _sender)),
            _ => throw new ArgumentException("This event tells partners nothing.", nameof(@event)),
        });
        return CapDocument.Check(xml) is { Count: > 0 } findings ? Refuse(findings, then.Key) : xml;
    }

    private byte[]? Refuse(IReadOnlyList<CapFinding> findings, string incident)
    {
        LogRefused(log, incident, string.Join(", ", findings.Select(f => f.Rule)));
        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A CAP message of {Incident} does not go out; it breaks: {Rules}")]
    private static partial void LogRefused(ILogger logger, string incident, string rules);
}
