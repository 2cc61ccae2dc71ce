using System.Globalization;
using System.Text.Json;
using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Channels.Inbox;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// <c>GET /v1/knowledge/{who}</c>: everything that a partner, a person or an audience had been told by an instant, in the order in which it
/// arrived there. What was sent and did not arrive is no knowledge; what was acknowledged later was not acknowledged yet.
/// </summary>
public sealed class Knowledge : IRoutes
{
    private const string Mark = "knowledge";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/knowledge/{who}", Get);

    private static async Task<IResult> Get(string who, HttpContext http, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellation)
    {
        var query = new Queries(http, "incident", "asOf", "cursor", "limit");
        var (incident, asOf) = (query.Text("incident"), query.Instant("asOf") ?? clock.GetUtcNow());
        var (after, limit) = (Place(query.Text("cursor"), out var wrong), query.Limit);
        if ((query.Problem ?? wrong) is { } problem)
        {
            return problem;
        }

        if (who.Contains('\0', StringComparison.Ordinal))
        {
            return Problem.NotFound;
        }

        var arguments = new SqlArguments();
        var caller = Callers.Of(http);
        var told = Told(who, incident, asOf, caller, arguments);
        var from = after is var (at, rank, n, stream)
            ? $"where (told_at, rank, n, incident) > ({arguments.Add(at)}, {arguments.Add(rank)}, {arguments.Add(n)}, {arguments.Add(stream)})"
            : "";
        await using var command = database.Statement($"select * from ({told}) t {from} order by told_at, rank, n, incident limit {limit + 1}", arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var page = new JsonPage();
        string? last = null;
        while (await reader.ReadAsync(cancellation))
        {
            if (page.Count == limit)
            {
                page.Next = last;
                break;
            }

            last = Cursors.Write(Mark, reader.GetFieldValue<DateTimeOffset>(0).ToString("O", CultureInfo.InvariantCulture), reader.GetInt32(1), reader.GetInt64(2), reader.GetString(4));
            page.Add(Item(reader, caller));
        }

        return page;
    }

    /// <summary>Where the page before ended.</summary>
    private static (DateTimeOffset At, int Rank, long N, string Incident)? Place(string? cursor, out Problem? problem)
    {
        problem = null;
        if (cursor is null)
        {
            return null;
        }

        if (Cursors.Read(Mark, cursor, 4) is [var instant, var rank, var n, var incident]
            && DateTimeOffset.TryParseExact(instant, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && int.TryParse(rank, CultureInfo.InvariantCulture, out var which) && long.TryParse(n, CultureInfo.InvariantCulture, out var place))
        {
            return (at.ToUniversalTime(), which, place, incident);
        }

        problem = Problem.Validation("cursor", "is no cursor of this list");
        return null;
    }

    /// <summary>All that was told, with the columns that <see cref="Item"/> reads.</summary>
    private static string Told(string who, string? incident, DateTimeOffset asOf, Caller caller, SqlArguments arguments)
    {
        var audience = Enum.GetNames<Audience>().Contains(who) ? Enum.Parse<Audience>(who) : (Audience?)null;
        var (from, seen) = ListDeliveries.Seen(caller, arguments);
        var (at, only) = (arguments.Add(asOf), incident is null ? null : arguments.Add(incident));
        // What is addressed by name goes to partners as partners.
        var read = $"coalesce(d.audience, case when d.recipient like 'PRT-%' then {(int)Audience.Partner} end)";
        // What was corrected or taken back since is read by Core alone.
        var told = $"case when d.covers is not null and {ListDeliveries.Amended} and not ({(caller.Is(Role.Partner) ? "false" : $"{Sight.Sql("e", SightRows.All, caller, arguments).Audience} is not distinct from {(int)Audience.Core}")}) then 'Corrected or withdrawn since.' else d.told end";
        var deliveries = $"""
            select a.at as told_at, 0 as rank, d.position as n, d.id as delivery, d.incident, d.kind, d.about, d.recipient, {read}::int as audience, d.channel, d.tlp, {told} as told, d.covers,
                   case when d.acknowledged_at <= {at} then d.acknowledged_at end as acknowledged_at, d.acknowledged_by
              from {from}
              cross join lateral (select min(at) as at from crisis.delivery_attempts where delivery = d.id and result = 'Delivered') a
             where ({(caller.Is(Role.Partner) ? seen : $"{seen} or {OwnDeliveries.Seen(caller, arguments)}")})
               and {(audience is { } those ? $"{read} = {(int)those}" : $"d.recipient = {Recipient(who, arguments)}")} {(only is null ? "" : $"and d.incident = {only}{(caller.Is(Role.Partner) ? $" and d.audience is distinct from {(int)Audience.Public}" : "")}")}
               and d.kind not in ('Verification', 'Test', 'EnforcementOrder') and a.at <= {at}
            """;
        return caller.Is(Role.Partner) ? deliveries
            : audience == Audience.Public ? $"{deliveries} union all {Statements(caller, at, only, arguments)}"
            : audience is null ? $"{deliveries} union all {Opened(who, caller, at, only, arguments)}"
            : deliveries;
    }

    /// <summary>What a person has opened of what is RED: the first time counts.</summary>
    private static string Opened(string who, Caller caller, string at, string? only, SqlArguments arguments) => $"""
        select min(r.at), 2, t.version, null, t.stream, 'Read', t.stream || '@' || t.version, min(r.reader), null::int, null, t.tlp, min(t.core::json ->> 'headline'), null, null, null
          from crisis.reads r cross join unnest(r.entries) v (version) join crisis.timeline t on t.stream = r.stream and t.version = v.version join crisis.sights e on e.key = t.stream
         where r.reader = {arguments.Add(who)} and r.at <= {at} {(only is null ? "" : $"and t.stream = {only}")} and {ReadLogRoutes.Seen(caller, arguments)}
         group by t.stream, t.version, t.tlp
        """;

    /// <summary>The public reads what is published, and nothing is sent to it.</summary>
    private static string Statements(Caller caller, string at, string? only, SqlArguments arguments) => $"""
        select t.recorded_at, 1, t.version, null, t.stream, 'Statement', t.public::json ->> 'entryId', null, {(int)Audience.Public}, null, t.tlp, t.public::json ->> 'headline', null, null, null
          from crisis.timeline t join crisis.sights e on e.key = t.stream
         where t.public is not null and t.tlp <= {(int)Sight.Ceiling(Audience.Public)} and t.recorded_at <= {at} {(only is null ? "" : $"and t.stream = {only}")}
           and {Sight.Sql("e", SightRows.All, caller, arguments).Visible}
        """;

    /// <summary>The key of whoever has this name or id, or what was given: a key, or somebody whom nobody knows.</summary>
    private static string Recipient(string who, SqlArguments arguments)
    {
        var (given, id) = (arguments.Add(who), arguments.Add(PartnerNameGuard.FactId(who)));
        return $"""
            coalesce((select c.stream from crisis.claims c where c.kind = '{PartnerNameGuard.NameFact}' and c.id = {id} limit 1),
                     (select c.stream from crisis.claims c where c.kind = '{ContactRefGuard.RefFact}' and c.id = {given} limit 1), {given})
            """;
    }

    private static string Item(NpgsqlDataReader reader, Caller caller)
    {
        var statement = !reader.IsDBNull(8) && ListDeliveries.Statement(caller, (Audience)reader.GetInt32(8));
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        DateTimeOffset? acknowledged = reader.IsDBNull(13) ? null : reader.GetFieldValue<DateTimeOffset>(13);
        return JsonSerializer.Serialize(
            new
            {
                Delivery = Text(3),
                Incident = statement ? "" : reader.GetString(4),
                Kind = reader.GetString(5),
                About = statement ? null : Text(6),
                Recipient = Text(7),
                Audience = reader.IsDBNull(8) ? null : ((Audience)reader.GetInt32(8)).ToString(),
                Channel = Text(9),
                Tlp = TlpNames.Of((Tlp)reader.GetInt16(10)),
                Told = Text(11),
                // Versions would tell a partner how much happens that it does not see.
                Covers = caller.Is(Role.Partner) || reader.IsDBNull(12) ? null : reader.GetFieldValue<string[]>(12),
                DeliveredAt = reader.GetFieldValue<DateTimeOffset>(0),
                AcknowledgedAt = acknowledged,
                AcknowledgedBy = acknowledged is null ? null : Text(14),
            },
            Json.Stored);
    }
}
