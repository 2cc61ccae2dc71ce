using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deliveries;

namespace CrisisOps.Server.Channels.Inbox;

/// <summary>What came to a colleague, as that colleague may read it now.</summary>
public static class OwnDeliveries
{
    /// <summary>
    /// The condition on <c>d</c> from <see cref="ListDeliveries.StaffFrom"/>. A message that has arrived is not there when its reader no longer
    /// sees the incident, or is no longer cleared for it; only what says nothing but that it is over, or not to be used, stays.
    /// </summary>
    public static string Seen(Caller caller, SqlArguments arguments) => caller.Is(Role.Partner)
        ? "false"
        : $"""
            {Of(caller, arguments)} and d.state in ('Delivered', 'Acknowledged')
            and ((d.tlp = {(int)Tlp.CLEAR} and (d.audience is null or d.audience = {(int)Audience.Public})) or {ListDeliveries.Readable(Sight.Sql("e", SightRows.All, caller, arguments))})
            """;

    /// <summary>Whether it went to the contact that this person is.</summary>
    private static string Of(Caller caller, SqlArguments arguments) => $"""
            d.recipient in (select c.stream from crisis.claims c join crisis.cards k on k.key = c.stream
                             where c.kind = '{ContactRefGuard.RefFact}' and c.id = {arguments.Add(caller.Id)} and k.core::json ->> 'kind' = 'Person')
            """;
}
