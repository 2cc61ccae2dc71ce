using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Access;

/// <summary>The facts of sight as columns of a row.</summary>
public static class SightColumns
{
    private const string Before = """
        insert into crisis.sight_changes (stream, version, specialists, tlp, regions, regions_up, owners, named, glass, consulted, involved, requester_partner)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    /// <summary>No audience: specialists as such do not read it.</summary>
    private const short Nobody = -1;

    /// <summary>In the order specialists, tlp, regions, regions_up, owners, named, glass, consulted, involved, requester_partner.</summary>
    public static object?[] Of(SightFacts sight) =>
    [
        (short?)sight.Specialists ?? Nobody, (short)sight.Tlp, sight.Regions, Regions.WithParents(sight.Regions).ToArray(), sight.Owners, sight.Named, sight.Glass,
        sight.Consulted.Select(f => f.ToString()).ToArray(), sight.Involved.Select(RoleNames.Of).ToArray(), sight.RequesterPartner,
    ];

    /// <summary>Keeps who could see a stream before somebody changed that.</summary>
    public static void Remember(NpgsqlBatch batch, string stream, long version, SightFacts before) => batch.Append(Before, [stream, version, .. Of(before)]);
}
