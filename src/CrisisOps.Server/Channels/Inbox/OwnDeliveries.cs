using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deliveries;

namespace CrisisOps.Server.Channels.Inbox;

/// <summary>What came to a colleague, as that colleague may read it now.</summary>
public static class OwnDeliveries
{
    /// <summary>The claim by which a contact holds whom it stands for; the id is in lower case.</summary>
    public const string RefFact = "contact-ref";

    /// <summary>
    /// The condition on <c>d</c> from <see cref="ListDeliveries.StaffFrom"/>. A message that has arrived is not there when its reader no longer
    /// sees the incident, or is no longer cleared for it.
    /// </summary>
    public static string Seen(Caller caller, SqlArguments arguments) => caller.Is(Role.Partner)
        ? "false"
        : $"""
            d.recipient in (select c.stream from crisis.claims c join crisis.cards k on k.key = c.stream
                             where c.kind = '{RefFact}' and c.id = {arguments.Add(caller.Id.ToLowerInvariant())} and k.core::json ->> 'kind' = 'Person')
            and d.state in ('Delivered', 'Acknowledged') and {ListDeliveries.Readable(Sight.Sql("e", SightRows.All, caller, arguments))}
            """;
}
