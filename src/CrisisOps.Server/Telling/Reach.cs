using System.Globalization;
using System.Text.RegularExpressions;
using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Contacts;
using Endpoint = CrisisOps.Domain.Partners.Endpoint;

namespace CrisisOps.Server.Telling;

/// <summary>One place where a recipient is reached, and how they read.</summary>
/// <param name="Recipient">Key of the contact or partner.</param>
/// <param name="Endpoint">Id of the address or endpoint there, or the inbox.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Format">How a machine there reads; Text for people.</param>
public sealed partial record Reach(string Recipient, string Endpoint, Channel Channel, string Language, TimeZoneInfo Zone, EndpointFormat Format, bool Ordered)
{
    /// <summary>An address of a contact, or its inbox. In order: a person reads the update before its correction.</summary>
    public static Reach Of(Contact contact, string address, Channel channel) =>
        new(contact.Key, address, channel, contact.Language, LocalTime.Zone(contact.Tz) ?? TimeZoneInfo.Utc, EndpointFormat.Text, Ordered: true);

    /// <summary>An endpoint of a partner.</summary>
    public static Reach Of(Partner partner, Endpoint endpoint) => new(
        partner.Key, endpoint.EndpointId, endpoint.Channel, partner.Languages is [var first, ..] ? first : TemplateKey.English, TimeZoneInfo.Utc, endpoint.Format, endpoint.Ordered);

    /// <summary>The first of these channels by which a contact can be reached, and the inbox when there is none.</summary>
    public static Reach Of(Contact contact, IEnumerable<Channel> channels)
    {
        foreach (var channel in channels)
        {
            if (channel == Channel.Inbox)
            {
                break;
            }

            if (contact.Addresses.Find(a => a.Usable && a.Channel == channel) is { } address)
            {
                return Of(contact, address.AddressId, channel);
            }
        }

        return Of(contact, ContactRecipients.Inbox, Channel.Inbox);
    }

    /// <summary>The first of these channels by which a partner can be reached without a person, any if none is named; null when there is none.</summary>
    public static Reach? Of(Partner partner, IReadOnlyCollection<Channel> channels) =>
        (channels.Count == 0
            ? partner.Endpoints.Where(e => e is { Usable: true, Channel: not Channel.Phone, Format: not EndpointFormat.Cap })
            : channels.SelectMany(c => partner.Endpoints.Where(e => e.Usable && e.Channel == c && e.Format != EndpointFormat.Cap))).FirstOrDefault() is { } endpoint
            ? Of(partner, endpoint)
            : null;

    /// <summary>An instant as this reader reads it, with the offset written out.</summary>
    public string Time(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, Zone);
        var offset = local.Offset == TimeSpan.Zero ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"UTC{(local.Offset < TimeSpan.Zero ? '-' : '+')}{local.Offset:hh\\:mm}");
        return string.Create(CultureInfo.InvariantCulture, $"{local:yyyy-MM-dd HH:mm} {offset}");
    }

    /// <summary>
    /// What people wrote, without links: a message never carries a way to what is being dealt with (domain §4), and a link in it is one of ours.
    /// </summary>
    public static string WithoutLinks(string text) => Link().Replace(text, "[link left out]");

    [GeneratedRegex("\\b(?:https?|ftp)://\\S+|\\bwww\\.\\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
