using System.Text.RegularExpressions;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>A reference stands for one contact: whoever tells somebody something must not have to choose.</summary>
public static partial class ContactRefGuard
{
    /// <summary>The fact that tells which contact stands for a person, a team or a requester; its id is <see cref="Contact.Ref"/>.</summary>
    public const string RefFact = "contact-ref";

    /// <summary>The reference without outer spaces; capitals count, as they do in a token.</summary>
    public static string FactId(string? reference) => reference?.Trim() ?? "";

    /// <summary>Refused when it is no reference, or a contact that is not removed holds it.</summary>
    internal static Ruling? Check(ContactKind kind, string? reference, DecisionContext context)
    {
        if (string.IsNullOrWhiteSpace(reference))
        {
            return Ruling.Refuse("ref-given", "Say in ref whom it stands for: the id of a colleague, the name of a team, or the reference that the case has for its requester.");
        }

        if (kind == ContactKind.Requester && !Reference().IsMatch(FactId(reference)))
        {
            return Ruling.Refuse("ref-opaque", "A requester is a reference into the vault such as REQ-1 or vault:desk-1, as the case has it; never a name, an address or a number.");
        }

        if (kind == ContactKind.Team && AddressTextGuard.Tells(reference))
        {
            return Ruling.Refuse("ref-opaque", "A team has a name here; its address is registered with register-address.");
        }

        return context.Fact(RefFact, FactId(reference)) is { } holder
            ? Ruling.Refuse("contact-ref-unique", $"{holder} stands for '{FactId(reference)}' already; go on there.")
            : null;
    }

    [GeneratedRegex("^([A-Z]{2,5}-|vault:)[A-Za-z0-9-]{1,60}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
