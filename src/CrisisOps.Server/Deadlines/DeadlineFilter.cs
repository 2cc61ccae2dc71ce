using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Deadlines;

/// <summary>What narrows the list of deadlines, and which of them a reader may know: as SQL on their rows, and as a question to an item.</summary>
internal sealed record DeadlineFilter(bool? Overdue, string? Owner, string? Stream, string[]? Kinds, DeadlineCommands Commands)
{
    public static DeadlineFilter Of(Queries query, DeadlineCommands commands)
    {
        var kinds = query.Text("kind")?.Split(',');
        if (kinds?.Except(commands.Kinds).FirstOrDefault() is { } unknown)
        {
            query.Refuse("kind", $"There is no deadline of the kind '{unknown}'; there are {string.Join(", ", commands.Kinds.Order(StringComparer.Ordinal))}.");
        }

        return new DeadlineFilter(query.Text("overdue") is null ? null : query.Flag("overdue"), query.Text("owner"), query.Text("stream"), kinds, commands);
    }

    public IEnumerable<string> Sql(SightSql sight, DateTimeOffset now, SqlArguments arguments)
    {
        yield return $"({sight.Audience} = {(int)Audience.Core} or d.kind <> all ({arguments.Add(Commands.CoreOnly)}) and d.kind || '/' || d.ref <> all ({arguments.Add(Commands.CoreOnlyItems)}))";
        if (Overdue is { } overdue)
        {
            var at = arguments.Add(now);
            yield return overdue ? $"(d.state = 'Missed' or d.due_at <= {at})" : $"(d.state = 'Open' and d.due_at > {at})";
        }

        if (Owner is not null)
        {
            yield return $"d.owner = {arguments.Add(Owner)}";
        }

        if (Stream is not null)
        {
            yield return $"d.stream = {arguments.Add(Stream)}";
        }

        if (Kinds is not null)
        {
            yield return $"d.kind = any ({arguments.Add(Kinds)})";
        }
    }

    public bool Fits(DeadlineItem item, Audience audience, DateTimeOffset now) =>
        (audience == Audience.Core || (!Commands.CoreOnly.Contains(item.Kind) && !Commands.CoreOnlyItems.Contains($"{item.Kind}/{item.Ref}")))
        && (Overdue is not { } overdue || item.Overdue(now) == overdue) && (Owner is null || item.Owner == Owner) && (Kinds is null || Kinds.Contains(item.Kind));
}
