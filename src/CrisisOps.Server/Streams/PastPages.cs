using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>A list to be read as it stood.</summary>
/// <param name="Mark">Of its cursors.</param>
/// <param name="Candidates">
/// What the reader may see now and what was there then, from a place on: key, when it was opened, the reader's audience, whether it has moved
/// since, and its card, which counts if it has not.
/// </param>
/// <param name="Fits">Whether the list shows a state.</param>
/// <param name="Card">The card of a state, for an audience, with the state of now.</param>
/// <param name="Sought">Words that all of <paramref name="Words"/> must have; null for none.</param>
public sealed record PastListing(
    string Mark, Past Past, int Limit, ListPlace? After, Func<ListPlace?, int, NpgsqlCommand> Candidates, Func<object, bool> Fits, Func<object, Audience, object, string> Card,
    string? Sought, Func<object, Audience, object, IEnumerable<string>> Words);

/// <summary>
/// Pages of lists as they stood. The rights are those of now, so the candidates come from the rows of now; what has moved since is folded up
/// to the instant, and filtered by what it was then.
/// </summary>
public sealed class PastPages(NpgsqlDataSource database, StreamLoader loader, PastStates pasts)
{
    /// <summary>Looked at in one go.</summary>
    private const int Step = 200;

    /// <summary>Looked at for one page; when fewer fit, the page is shorter and the next one goes on from there.</summary>
    private const int Most = 2000;

    public async Task<JsonPage> Read(PastListing list, CancellationToken cancellation)
    {
        var page = new JsonPage();
        var place = list.After;
        ListPlace? last = null;
        for (var looked = 0; looked < Most; looked += Step)
        {
            var rows = await Rows(list.Candidates(place, Step), cancellation);
            foreach (var (at, card) in await Shown(list, rows, cancellation))
            {
                if (page.Count == list.Limit)
                {
                    page.Next = last!.Cursor(list.Mark);
                    return page;
                }

                page.Add(card);
                last = at;
            }

            if (rows.Count < Step)
            {
                return page;
            }

            place = rows[^1].Place;
        }

        page.Next = place!.Cursor(list.Mark);
        return page;
    }

    private static async Task<List<Row>> Rows(NpgsqlCommand candidates, CancellationToken cancellation)
    {
        await using var command = candidates;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<Row> rows = [];
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(new Row(
                new ListPlace(reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(0)), (Audience)reader.GetInt32(2), reader.GetBoolean(3) ? null : reader.GetFieldValue<byte[]>(4)));
        }

        return rows;
    }

    private async Task<List<(ListPlace Place, byte[] Card)>> Shown(PastListing list, List<Row> rows, CancellationToken cancellation)
    {
        string[] moved = [.. rows.Where(r => r.Card is null).Select(r => r.Place.Key)];
        var then = await pasts.Load(moved, list.Past, cancellation);
        var now = moved.Length == 0 ? [] : await loader.Load(moved, cancellation);
        List<(Row Row, string? Card, string[] Words)> fitting = [];
        foreach (var row in rows)
        {
            if (row.Card is not null)
            {
                fitting.Add((row, null, []));
            }
            else if (then[row.Place.Key] is { Version: > 0 } was && list.Fits(was.State))
            {
                var state = now[row.Place.Key].State;
                fitting.Add((row, list.Card(was.State, row.Audience, state), list.Sought is null ? [] : [.. list.Words(was.State, row.Audience, state)]));
            }
        }

        var missing = list.Sought is null || fitting.TrueForAll(f => f.Words.Length == 0) ? [] : await Without(list.Sought, [.. fitting.SelectMany(f => f.Words).Distinct(StringComparer.Ordinal)], cancellation);
        return [.. fitting.Where(f => !f.Words.Any(missing.Contains)).Select(f => (f.Row.Place, f.Row.Card ?? System.Text.Encoding.UTF8.GetBytes(f.Card!)))];
    }

    /// <summary>The texts that have not all of the words: asked of the database, so that a word is what it is on the list of now.</summary>
    private async Task<HashSet<string>> Without(string sought, string[] texts, CancellationToken cancellation)
    {
        await using var command = database.Statement("select w from unnest($1::text[]) w where not to_tsvector('simple', w) @@ plainto_tsquery('simple', $2)", texts, sought);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        HashSet<string> missing = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            missing.Add(reader.GetString(0));
        }

        return missing;
    }

    /// <param name="Card">Null for what has moved since.</param>
    private sealed record Row(ListPlace Place, Audience Audience, byte[]? Card);
}
