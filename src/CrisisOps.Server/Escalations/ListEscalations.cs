using System.Globalization;
using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary><c>GET /v1/escalations</c>: the newest first, with filters and keyset paging.</summary>
public sealed class ListEscalations : IRoutes
{
    private const string Mark = "list";
    private static readonly string[] _parameters = ["state", "severity", "owner", "unowned", "desk", "region", "policyArea", "source", "flag", "q", "cursor", "limit"];

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/escalations", Get);

    private static async Task<IResult> Get(HttpContext http, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var query = new Queries(http, _parameters);
        var caller = Callers.Of(http);
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        string[] filters = [.. Filters(query, caller, arguments)];
        // What is read as a receipt is not found by what the receipt does not show.
        List<string> where = [sight.Visible, .. filters, .. filters.Length > 0 ? [sight.Inside] : Array.Empty<string>()];
        if (query.Text("cursor") is { } cursor)
        {
            if (Cursors.Read(Mark, cursor, 2) is not [var ticks, var key] || !long.TryParse(ticks, CultureInfo.InvariantCulture, out var raised))
            {
                return Problem.Validation("cursor", "is no cursor of this list");
            }

            where.Add($"(e.raised_at, e.key) < ({arguments.Add(new DateTimeOffset(raised, TimeSpan.Zero))}, {arguments.Add(key)})");
        }

        var limit = query.Limit;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        // A partner reads receipts: a filter on what a receipt does not show would answer what it must not know.
        if (caller.Is(Role.Partner) && http.Request.Query.Keys.Any(name => name is not ("cursor" or "limit")))
        {
            return Problem.Validation("filter", "A partner lists its own reports without filters.");
        }

        await using var command = database.Statement(
            $"""
            select case when {sight.Inside} then e.card else e.partner_card end
              from crisis.escalations e where {string.Join(" and ", where)} order by e.raised_at desc, e.key desc limit {limit + 1}
            """,
            arguments.Values);
        return await Page(command, limit, cancellation);
    }

    private static IEnumerable<string> Filters(Queries query, Caller caller, SqlArguments arguments)
    {
        if (query.Names<EscalationState>("state") is { } states)
        {
            yield return $"e.state = any ({arguments.Add(states)})";
        }

        if (query.Names<Severity>("severity") is { } severities)
        {
            yield return $"e.severity = any ({arguments.Add(severities.Select(s => (short)Enum.Parse<Severity>(s)).ToArray())})";
        }

        if (query.Text("owner") is { } owner)
        {
            yield return $"{arguments.Add(owner)} = any (e.owners)";
        }

        if (query.Flag("unowned"))
        {
            yield return "e.open and e.owner is null";
        }

        if (query.Names<Function>("desk") is { } desks)
        {
            // Whether law enforcement has to do with a case is Core's to know (domain §4).
            var core = caller.IsAny([Role.Specialist, Role.DutyLead]);
            yield return $"e.desk = any ({arguments.Add(core ? desks : [.. desks.Except([nameof(Function.LawEnforcementOutreach)])])})";
        }

        if (query.Text("region") is { } region)
        {
            yield return $"{arguments.Add(region)} = any (e.regions_up)";
        }

        if (query.Names<PolicyArea>("policyArea") is { } areas)
        {
            yield return $"e.policy_area = any ({arguments.Add(areas)})";
        }

        if (query.Names<Source>("source") is { } sources)
        {
            yield return $"e.source = any ({arguments.Add(sources)})";
        }

        if (query.Names<Flag>("flag") is { } flags)
        {
            yield return $"e.flags @> {arguments.Add(flags)}";
        }

        if (query.Text("q") is { } words)
        {
            yield return $"e.words @@ plainto_tsquery('simple', {arguments.Add(words)})";
        }
    }

    private static async Task<JsonPage> Page(NpgsqlCommand command, int limit, CancellationToken cancellation)
    {
        var page = new JsonPage();
        var last = Array.Empty<byte>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (page.Count == limit)
            {
                page.Next = Cursor(last);
                break;
            }

            last = reader.GetFieldValue<byte[]>(0);
            page.Add(last);
        }

        return page;
    }

    /// <summary>The place of a card in the order, as both kinds of card tell it: cheaper than a column on every row for the last one.</summary>
    private static string Cursor(byte[] card)
    {
        using var json = JsonDocument.Parse(card);
        return Cursors.Write(Mark, json.RootElement.GetProperty("raisedAt").GetDateTimeOffset().UtcTicks, json.RootElement.GetProperty("key").GetString()!);
    }
}
