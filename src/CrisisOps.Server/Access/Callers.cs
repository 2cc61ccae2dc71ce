using System.Runtime.CompilerServices;
using System.Security.Claims;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Access;

/// <summary>From a verified token to the caller. Claims: <c>sub</c>, <c>roles</c>, <c>functions</c>, <c>regions</c>, <c>clearance</c>, <c>partner</c>.</summary>
public static class Callers
{
    // The token handler hands out the same identity for the same token, so its caller is made once.
    private static readonly ConditionalWeakTable<ClaimsIdentity, Caller> _callers = [];

    /// <summary>The caller of an authenticated request.</summary>
    public static Caller Of(HttpContext http) => _callers.GetValue((ClaimsIdentity)http.User.Identity!, Read);

    /// <summary>How long the request's token is still valid; at most a day, the longest a timer of a stream waits.</summary>
    public static TimeSpan TokenLife(HttpContext http)
    {
        var day = TimeSpan.FromDays(1);
        if (!long.TryParse(http.User.FindFirst("exp")?.Value, out var seconds))
        {
            return day;
        }

        var left = DateTimeOffset.FromUnixTimeSeconds(seconds) - TimeProvider.System.GetUtcNow();
        return left > day ? day : left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    /// <summary>A subject stands on every event: it must be there, be storable and be readable.</summary>
    public static bool IsUsable(string? subject) => subject is { Length: > 0 and <= 200 } && !string.IsNullOrWhiteSpace(subject) && !subject.Any(char.IsControl);

    private static Caller Read(ClaimsIdentity identity)
    {
        var roles = All(identity, "roles").Select(RoleNames.Parse).OfType<Role>().ToHashSet();
        var functions = All(identity, "functions").Select(f => Enum.TryParse<Function>(f, out var function) ? function : (Function?)null).OfType<Function>().ToHashSet();
        var type = roles.Contains(Role.Partner) ? ActorType.Partner : roles.Contains(Role.Integration) ? ActorType.Integration : ActorType.Specialist;
        // No clearance, or one we do not know, means CLEAR.
        return new Caller(
            identity.FindFirst("sub")?.Value ?? "", type, roles, functions, [.. All(identity, "regions")],
            TlpNames.Parse(identity.FindFirst("clearance")?.Value) ?? Tlp.CLEAR, identity.FindFirst("partner")?.Value);
    }

    private static IEnumerable<string> All(ClaimsIdentity identity, string claim) => identity.FindAll(claim).Select(c => c.Value);
}
