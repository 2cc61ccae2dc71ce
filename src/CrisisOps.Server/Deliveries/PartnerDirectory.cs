using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>Partners by the names that alerts call them.</summary>
public sealed class PartnerDirectory(NpgsqlDataSource database, StreamLoader loader)
{
    /// <summary>The partner of each name or key; names that nobody has are not there.</summary>
    public async Task<Dictionary<string, Partner>> Named(IReadOnlyCollection<string> names, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select n.name, c.stream from unnest($1::text[]) n (name) join crisis.claims c on c.kind = $2 and c.id = lower(trim(n.name))
            union
            select n.name, k.key from unnest($1::text[]) n (name) join crisis.cards k on k.kind = 'PRT' and k.key = n.name
            """,
            names.ToArray(), PartnerNameGuard.NameFact);
        Dictionary<string, string> keys = new(StringComparer.Ordinal);
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                keys[reader.GetString(0)] = reader.GetString(1);
            }
        }

        var states = keys.Count == 0 ? [] : await loader.Load([.. keys.Values.Distinct(StringComparer.Ordinal)], cancellation);
        return keys.ToDictionary(k => k.Key, k => (Partner)states[k.Value].State, StringComparer.Ordinal);
    }

    /// <summary>What an alert calls this partner; null when it does not name it.</summary>
    public static string? NameIn(PartnerAlert? alert, Partner partner) =>
        alert?.Recipients.FirstOrDefault(r => r == partner.Key || string.Equals(r.Trim(), partner.Name.Trim(), StringComparison.OrdinalIgnoreCase));

    public async Task<Partner?> Of(string key, CancellationToken cancellation) =>
        key.StartsWith("PRT-", StringComparison.Ordinal) && (await loader.Load([key], cancellation))[key] is { Version: > 0, State: Partner partner } ? partner : null;
}
