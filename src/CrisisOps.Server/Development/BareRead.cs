using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Development;

/// <summary><c>GET /dev/yardstick/{key}</c>: one read by primary key and nothing else, for the reading benchmarks to be held against.</summary>
public sealed class BareRead : IDevelopmentRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/dev/yardstick/{key}", Get).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Get(string key, StreamKinds kinds, NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (kinds.Find(key) is null)
        {
            return Problem.NotFound;
        }

        await using var command = database.Statement("select version from crisis.mt_streams where id = $1", key);
        return await command.ExecuteScalarAsync(cancellation) is long version ? Results.Text(version.ToString(System.Globalization.CultureInfo.InvariantCulture)) : Problem.NotFound;
    }
}
