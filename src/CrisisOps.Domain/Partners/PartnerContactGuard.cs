using System.Text.RegularExpressions;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>A contact is a reference into the vault: who it is must never stand in an event, because events are never changed.</summary>
internal static partial class PartnerContactGuard
{
    public static Ruling? Check(IReadOnlyList<PartnerContact?>? contacts)
    {
        foreach (var contact in contacts ?? [])
        {
            if (contact?.ContactRef is null || !Reference().IsMatch(contact.ContactRef))
            {
                return Ruling.Refuse("contact-reference", "A contact is a reference into the vault such as CNT-1; never a name, an address or a number.");
            }

            if (string.IsNullOrWhiteSpace(contact.Role) || contact.Role.Contains('@', StringComparison.Ordinal))
            {
                return Ruling.Refuse("contact-role", $"Say in role what {contact.ContactRef} does there, for example duty officer; not who it is.");
            }

            if (contact.Tz is not null && LocalTime.Zone(contact.Tz) is null)
            {
                return Ruling.Refuse("zone-known", $"'{contact.Tz}' is no zone that is known here; name it as Area/Place, for example Europe/Vienna, or UTC.");
            }
        }

        return null;
    }

    [GeneratedRegex("^[A-Z]{2,5}-[A-Za-z0-9-]{1,60}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
