using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>Takes what was erased out of every table that holds it, in the commit of the event that says so. The leaf of the erased event keeps its commitment, and loses the salt.</summary>
public static class ErasureRows
{
    public static void Add(NpgsqlBatch statements, IReadOnlyCollection<PendingEvent> events)
    {
        foreach (var e in events)
        {
            if (e.Data is IErases erases)
            {
                statements.Append("select crisis.erase_entry($1, $2, $3, $4)", e.Key, erases.Entry, erases.Members.ToArray(), IErases.Mark);
            }
        }
    }
}
