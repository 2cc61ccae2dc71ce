using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Exports;

/// <summary>What is asked for.</summary>
/// <param name="Audience">For whom; null means for the audience that whoever asks is.</param>
/// <param name="AsOf">Nothing that was recorded later; null means now.</param>
internal sealed record ExportWish(Audience? Audience, DateTimeOffset? AsOf, TimeZoneInfo Zone)
{
    // A partner reads its own receipts and no other partner's, and a document for partners would hold those of all.
    private static readonly string[] _audiences = [.. Enum.GetNames<Audience>().Except([nameof(Domain.Shared.Audience.Partner)])];

    public static (Problem? Problem, ExportWish Wish) Of(HttpContext http)
    {
        var query = new Queries(http, "format", "audience", "zone", "asOf");
        var (asOf, zone, audience) = (query.Instant("asOf"), LocalTime.Zone(query.Text("zone") ?? "UTC"), query.Text("audience"));
        var problem = query.Problem
            ?? (zone is null ? Problem.Validation("zone", "must be UTC or a zone of the IANA database, for example Europe/Berlin") : null)
            ?? (audience is not null && !_audiences.Contains(audience) ? Problem.Validation("audience", $"must be one of {string.Join(", ", _audiences)}") : null);
        return (problem, new ExportWish(problem is null && audience is not null ? Enum.Parse<Audience>(audience) : null, asOf, zone ?? TimeZoneInfo.Utc));
    }
}
