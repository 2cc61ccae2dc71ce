using System.Collections.Immutable;
using CrisisOps.Domain.Crises;

namespace CrisisOps.Server.Channels.Cap;

/// <summary>A CAP 1.2 message to one partner, as far as this server uses the format (domain §6.1). The members stand in the order of the elements.</summary>
/// <param name="Identifier">Unique under its sender, for example <c>crisisops-CR-2027-0007.1</c>. No spaces, commas, &lt; or &amp;.</param>
/// <param name="Sender">As <see cref="CapSender.Address"/>; the same characters are barred.</param>
/// <param name="Sent">The instant of this message; written in UTC, without the fraction of the second.</param>
/// <param name="Restriction">Who may read it; with scope Restricted and with no other.</param>
/// <param name="Addresses">For whom it is, quoted if it holds a space; with scope Private.</param>
/// <param name="Code">Handling codes, for example <c>tlp:amber</c>.</param>
/// <param name="Note">Names the exercise.</param>
/// <param name="References">Every earlier message of the alert, oldest first.</param>
/// <param name="Incidents">The key of the crisis.</param>
public sealed record CapMessage(
    string Identifier,
    string Sender,
    DateTimeOffset Sent,
    CapStatus Status,
    CapMessageType MsgType,
    AlertScope Scope,
    string? Restriction,
    string? Addresses,
    ImmutableArray<string> Code,
    string? Note,
    ImmutableArray<CapReference> References,
    string? Incidents,
    CapInfo Info);

/// <summary>What is told, in one language.</summary>
/// <param name="Language">RFC 3066, of the texts of the message, not of the crisis.</param>
/// <param name="Event">The type of the crisis in words; never its title or codename.</param>
/// <param name="Expires">When it need not be followed any more; written in UTC, whole seconds. Null for no end.</param>
/// <param name="SenderName">Who speaks, for people.</param>
/// <param name="Headline">One line.</param>
/// <param name="Instruction">What is asked, and by when to acknowledge.</param>
public sealed record CapInfo(
    string Language,
    ImmutableArray<CapCategory> Category,
    string Event,
    ImmutableArray<CapResponseType> ResponseType,
    CapUrgency Urgency,
    CapSeverity Severity,
    Certainty Certainty,
    DateTimeOffset? Expires,
    string SenderName,
    string Headline,
    string? Description,
    string? Instruction,
    ImmutableArray<CapParameter> Parameters,
    CapArea? Area);

/// <summary>A value for machines, under a name of ours (<c>crisisops:ask</c>, <c>crisisops:hashList</c>).</summary>
public sealed record CapParameter(string ValueName, string Value);

/// <summary>Where it is: codes, no shapes.</summary>
/// <param name="AreaDesc">For people.</param>
public sealed record CapArea(string AreaDesc, ImmutableArray<CapParameter> Geocode);

/// <summary>An earlier message, as later ones name it.</summary>
/// <param name="Sent">Its own instant, exactly: the receiver finds it by all three.</param>
public sealed record CapReference(string Sender, string Identifier, DateTimeOffset Sent)
{
    /// <summary><c>sender,identifier,sent</c> (CAP 1.2, 3.2.1 references).</summary>
    public override string ToString() => $"{Sender},{Identifier},{CapTime.Of(Sent)}";

    /// <summary>The messages of these ids, in their order, by what the crisis recorded of them; ids it does not know are left out.</summary>
    public static ImmutableArray<CapReference> Of(Crisis crisis, IEnumerable<string> ids, CapSender sender) =>
        [.. ids.Select(id => crisis.Alerts.Find(a => a.AlertId == id)).OfType<PartnerAlert>().Select(a => new CapReference(sender.Address, a.AlertId, a.SentAt))];
}
