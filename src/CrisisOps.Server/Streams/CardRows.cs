using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>Keeps the cards and claims of a <see cref="CardStream"/>, in the transaction of its events.</summary>
internal static class CardRows
{
    private const string Upsert = """
        insert into crisis.cards (key, kind, state, open, exercise, opened_at, words, core, cross_functional, executive,
            specialists, tlp, regions, regions_up, owners, named, glass, consulted, involved, requester_partner)
        values ($1, $2, $3, $4, $5, $6, to_tsvector('simple', $7), $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        on conflict (key) do update set state = excluded.state, open = excluded.open, words = excluded.words, core = excluded.core, cross_functional = excluded.cross_functional,
            executive = excluded.executive, specialists = excluded.specialists, tlp = excluded.tlp, regions = excluded.regions, regions_up = excluded.regions_up, owners = excluded.owners,
            named = excluded.named, glass = excluded.glass, consulted = excluded.consulted, involved = excluded.involved, requester_partner = excluded.requester_partner
        """;

    public static void Add(NpgsqlBatch batch, CardStream kind, IReadOnlyList<StreamChange> changes)
    {
        foreach (var change in changes)
        {
            Write(batch, kind, change);
            Claim(batch, kind, change);
        }
    }

    private static void Write(NpgsqlBatch batch, CardStream kind, StreamChange change)
    {
        var state = change.After;
        batch.Append(
            Upsert,
            [
                change.Key, kind.Prefix, kind.StateName(state), kind.Open(state), kind.Exercise(state), kind.OpenedAt(state), kind.Words(state),
                Card(kind, state, Audience.Core), Card(kind, state, Audience.CrossFunctional), Card(kind, state, Audience.Executive),
                .. SightColumns.Of(kind.SightOf(state)),
            ]);
        if (change.Events[0].Stamp.Version > 1 && !kind.SightOf(change.Before).Same(kind.SightOf(state)))
        {
            SightColumns.Remember(batch, change.Key, change.Events[^1].Stamp.Version, kind.SightOf(change.Before));
        }
    }

    private static string Card(CardStream kind, object state, Audience audience) => kind.View(state, audience, kind.Card).ToJsonString(Json.Stored);

    private static void Claim(NpgsqlBatch batch, CardStream kind, StreamChange change)
    {
        HashSet<(string Kind, string Id)> held = change.Events[0].Stamp.Version == 1 ? [] : [.. kind.Claims(change.Before)];
        var (changed, alone) = (false, false);
        // Event by event: what is held alone follows from the event that took it, and not from the batch it was written in.
        foreach (var @event in change.Events)
        {
            HashSet<(string Kind, string Id)> after = [.. kind.Claims(@event.After)];
            if (!held.SetEquals(after))
            {
                (held, changed, alone) = (after, true, @event.Stamp.Version == 1 && kind.ClaimsAlone(@event.Data));
            }
        }

        if (!changed)
        {
            return;
        }

        batch.Append("delete from crisis.claims where stream = $1", change.Key);
        // Somebody else's claim ends the batch where it matters: the command is decided again, and then its guard knows of it.
        batch.Append(
            "insert into crisis.claims (kind, id, stream, alone) select k, i, $3, $4 from unnest($1::text[], $2::text[]) c (k, i)",
            held.Select(c => c.Kind).ToArray(), held.Select(c => c.Id).ToArray(), change.Key, alone);
    }
}
