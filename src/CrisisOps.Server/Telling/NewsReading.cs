using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;

namespace CrisisOps.Server.Telling;

/// <summary>What a candidate may read of an entry: the rule of every reader of a timeline, asked for somebody who is not there.</summary>
public static class NewsReading
{
    /// <summary>As whom they read it, why not, and what they read.</summary>
    public static (Audience Audience, string Why, EntryWords? Words) Of(Candidate candidate, NewsEntry entry, NewsContext context)
    {
        if (context.Exercise)
        {
            return (candidate.Audience, "exercise", null); // never reaches real people (domain §9.4)
        }

        if (candidate.Name == entry.Author)
        {
            return (candidate.Audience, "author", null);
        }

        if (entry.Amended)
        {
            return (candidate.Audience, "superseded", null);
        }

        return candidate.Audience == Audience.Public ? Public(candidate, entry) : Inside(candidate, entry, context);
    }

    private static (Audience, string, EntryWords?) Public(Candidate candidate, NewsEntry entry) =>
        candidate is { Partner: null, Contact: null or { Caller: null } } && !candidate.Recipient.StartsWith("PRT-", StringComparison.Ordinal) ? (Audience.Public, "not-cleared", null)
        : entry.Tlp > Tlp.CLEAR || !entry.Texts.TryGetValue(Audience.Public, out var statement) ? (Audience.Public, "no-text", null) : (Audience.Public, "", statement);

    private static (Audience, string, EntryWords?) Inside(Candidate candidate, NewsEntry entry, NewsContext context)
    {
        if (candidate.Contact is null)
        {
            return (candidate.Audience, candidate.Partner is null ? "no-contact" : "partners-by-alert", null);
        }

        if (candidate.Contact.Caller is not { } caller || Sight.AudienceOf(context.Sight, caller) is not { } reads)
        {
            return (candidate.Audience, "not-cleared", null);
        }

        // Nobody is told as more than they read as; who reads everything may ask for less.
        var audience = reads == Audience.Core ? candidate.Audience : reads;
        return !entry.Texts.TryGetValue(audience, out var words) ? (audience, "no-text", null)
            : entry.Tlp > candidate.MaxTlp || !Sight.Reads(context.Sight, caller, audience, entry.Tlp) ? (audience, "not-cleared", null)
            : (audience, "", words);
    }
}
