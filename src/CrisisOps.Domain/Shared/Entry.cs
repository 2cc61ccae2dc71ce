using System.Collections.Immutable;

namespace CrisisOps.Domain.Shared;

/// <summary>Kinds of timeline entries (domain §5).</summary>
public enum EntryKind
{
    Raised, Assessed, Declared, StateChange, RoleChange, Lever, Update, SitRep, Decision, Alert, Ack, Referral, Legal, Phase,
    Handoff, Clock, Correction, Review, Note, Finding, Task,
}

/// <summary>
/// What a timeline says of one event: the text of the core team, and for every other audience that may read it
/// either the same text or one of its own. An audience that is not named does not see the entry.
/// </summary>
public sealed record Entry(EntryKind Kind, string Headline, string? Body = null)
{
    /// <summary>Secrecy beyond that of the stream; null means the stream's own.</summary>
    public Tlp? Tlp { get; init; }

    /// <summary>
    /// The secrecy of a text that was approved for a wider circle than the stream's: it stands instead of the stream's own
    /// (a public statement is TLP:CLEAR on a stream that is not). Null means no such approval.
    /// </summary>
    public Tlp? ReleasedAs { get; init; }

    /// <summary>The entry this one corrects or redacts, by version; its old text stays with Core only.</summary>
    public long? Supersedes { get; init; }

    /// <summary>The text that replaces the superseded entry's outside Core; null hides it.</summary>
    public string? ReplacementText { get; init; }

    public ImmutableDictionary<Audience, AudienceText> Others { get; init; } = ImmutableDictionary<Audience, AudienceText>.Empty;

    /// <summary>The consulted functions read the same text.</summary>
    public Entry ToCrossFunctional() => ToCrossFunctional(Headline, Body);

    public Entry ToCrossFunctional(string headline, string? body = null) => To(Audience.CrossFunctional, headline, body);

    /// <summary>Executives read the condition, without raw evidence.</summary>
    public Entry ToExecutive(string headline, string? body = null) => To(Audience.Executive, headline, body);

    /// <summary>The partner that raised it reads its own receipt, and nothing of the case.</summary>
    public Entry ToPartner(string headline, string? body = null) => To(Audience.Partner, headline, body);

    public Entry ToPublic(string headline, string? body = null) => To(Audience.Public, headline, body);

    private Entry To(Audience audience, string headline, string? body) =>
        this with { Others = Others.SetItem(audience, new AudienceText(headline, body)) };
}

public sealed record AudienceText(string Headline, string? Body);
