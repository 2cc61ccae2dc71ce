using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>What the terms of a subscription may be. Whether its subscriber may read a text is asked anew for each text.</summary>
internal static partial class SubscriptionGuard
{
    /// <summary>The most secret text when nobody says: AMBER, or less where the audience reads less.</summary>
    public static Tlp UsualTlp(Audience audience) => Ceilings.Of(audience) < Tlp.AMBER ? Ceilings.Of(audience) : Tlp.AMBER;

    /// <summary>Null when this subscriber can have these terms.</summary>
    public static Ruling? Check(SubscriptionTerms terms, string subscriber)
    {
        var partner = SubscriberGuard.IsPartner(subscriber);
        return Audience(terms.Audience, partner) ?? Secrecy(terms) ?? Channels(terms.Channels, partner) ?? Quiet(terms.QuietHours) ?? Scope(terms.Scope);
    }

    private static Ruling? Audience(Audience audience, bool partner) => (partner, audience) switch
    {
        (true, not Shared.Audience.Public) => Ruling.Refuse("partners-by-alert", "A partner subscribes as Public to what is published. Anything else it is told by an alert, which names it."),
        (false, Shared.Audience.Partner) => Ruling.Refuse("audience-of-contact", "Nobody here reads as Partner; say Core, CrossFunctional, Executive or Public."),
        _ => null,
    };

    private static Ruling? Secrecy(SubscriptionTerms terms) => terms.MaxTlp <= Ceilings.Of(terms.Audience)
        ? null
        : Ruling.Refuse("max-tlp", $"{terms.Audience} reads TLP:{TlpNames.Of(Ceilings.Of(terms.Audience))} at most; say that or less in maxTlp.");

    private static Ruling? Channels(ImmutableList<Channel> channels, bool partner)
    {
        if (channels.Distinct().Count() < channels.Count)
        {
            return Ruling.Refuse("channel-once", "Each channel stands once in channels, in the order in which they are tried.");
        }

        Channel[] fit = partner ? [Channel.Email, Channel.Chat, Channel.Webhook] : [Channel.Email, Channel.Chat, Channel.Inbox];
        return channels.All(fit.Contains)
            ? null
            : Ruling.Refuse("channel-fit", $"{(partner ? "A partner" : "A contact")} is told by {string.Join(", ", fit.SkipLast(1))} or {fit[^1]}; a telephone is rung by a person.");
    }

    private static Ruling? Quiet(QuietHours? quiet)
    {
        if (quiet is null)
        {
            return null;
        }

        if (LocalTime.Zone(quiet.Tz) is null)
        {
            return Ruling.Refuse("zone-known", "tz of quietHours is the IANA id of a time zone, such as Europe/Vienna.");
        }

        return quiet.From == quiet.To ? Ruling.Refuse("quiet-hours-end", "Quiet hours end at another time than they begin; to hear nothing for a while, pause.") : null;
    }

    private static Ruling? Scope(SubscriptionScope scope)
    {
        if (scope.Streams?.Exists(s => !Stream().IsMatch(s)) == true)
        {
            return Ruling.Refuse("scope-streams", "streams of scope are ESC, CR or EL for all of a kind, or keys such as CR-2027-0007.");
        }

        return scope.Elections?.Exists(e => !Election().IsMatch(e)) == true ? Ruling.Refuse("scope-elections", "elections of scope are keys such as EL-XN-2027-01.") : null;
    }

    [GeneratedRegex("^(ESC|CR|EL)(-[A-Z0-9]{1,10}){0,4}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Stream();

    [GeneratedRegex("^EL(-[A-Z0-9]{1,10}){1,4}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Election();
}
