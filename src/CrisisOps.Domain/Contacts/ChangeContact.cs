using System.Text.RegularExpressions;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>Changes in which language somebody is written to, and in which time zone; what is absent stays.</summary>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Tz">IANA id, such as <c>Europe/Vienna</c>.</param>
public sealed partial record ChangeContact(string? Language = null, string? Tz = null) : Command, IContactCommand<ChangeContact>
{
    public static CommandRule<Contact> Rule { get; } = ContactGivers.WhileOpen("change", ContactGivers.Colleagues);

    public static Ruling Decide(ChangeContact command, Contact state, DecisionContext context)
    {
        if ((OwnContactGuard.Check(state, context.Caller) ?? Known(command.Language, command.Tz)) is { } refused)
        {
            return refused;
        }

        var changed = new ContactChanged(command.Language ?? state.Language, command.Tz ?? state.Tz);
        return (changed.Language, changed.Tz) == (state.Language, state.Tz)
            ? Ruling.Refuse("change-given", $"Say a language or a time zone that is another one; now it is {state.Language}, {state.Tz}.")
            : Ruling.Accept(changed);
    }

    public static IEnumerable<ChangeContact> Samples(Contact state, DecisionContext context) =>
        [state.Tz == "Europe/Vienna" ? new(Tz: "UTC") : new("de-AT", "Europe/Vienna")];

    /// <summary>Null when both can be written in; what is null is not looked at.</summary>
    internal static Ruling? Known(string? language, string? tz)
    {
        if (language is not null && !Tag().IsMatch(language))
        {
            return Ruling.Refuse("language-known", "language is a BCP 47 tag such as de or de-AT.");
        }

        return tz is not null && LocalTime.Zone(tz) is null
            ? Ruling.Refuse("zone-known", "tz is no zone that is known here; name it as Area/Place, for example Europe/Vienna, or UTC.")
            : null;
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}

public sealed record ContactChanged(string Language, string Tz) : IContactEvent
{
    public Contact Apply(Contact state, Stamp stamp) => state with { Language = Language, Tz = Tz };

    public Entry Say(Contact before, Contact after, Stamp stamp) => new Entry(EntryKind.Note, $"Written to in {Language}, {Tz}").ToCrossFunctional();
}
