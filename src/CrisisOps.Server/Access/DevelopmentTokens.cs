using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CrisisOps.Server.Access;

/// <param name="Regions">Absent means every region.</param>
/// <param name="Clearance">Absent means AMBER.</param>
public sealed record TokenRequest(string Subject, IReadOnlyList<Role> Roles, IReadOnlyList<Function>? Functions = null, IReadOnlyList<string>? Regions = null, Tlp? Clearance = null, string? Partner = null);

/// <summary>Tokens for trying things out. This endpoint exists in Development only.</summary>
public sealed class DevelopmentTokens : IDevelopmentRoutes
{
    private static readonly TimeSpan _life = TimeSpan.FromHours(12);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/dev/tokens", Post).AllowAnonymous();

    private static async Task<IResult> Post(HttpContext http, DevelopmentKey key)
    {
        var (problem, request) = await JsonBodies.Read<TokenRequest>(http);
        if (problem is not null)
        {
            return problem;
        }

        return request!.Roles.Contains(Role.System) || string.IsNullOrWhiteSpace(request.Subject)
            ? Problem.Validation("roles", "A token has a subject, and never the system's role.")
            : Results.Json(new { token = Write(request, key.Key), expiresIn = (int)_life.TotalSeconds });
    }

    private static string Write(TokenRequest request, SymmetricSecurityKey key)
    {
        var claims = new Dictionary<string, object>
        {
            ["sub"] = request.Subject,
            ["roles"] = request.Roles.Select(RoleNames.Of).ToArray(),
            ["functions"] = (request.Functions ?? []).Select(f => f.ToString()).ToArray(),
            ["regions"] = request.Regions ?? ["*"],
            ["clearance"] = TlpNames.Of(request.Clearance ?? Tlp.AMBER),
        };
        if (request.Partner is { } partner)
        {
            claims["partner"] = partner;
        }

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Authentication.DevelopmentIssuer,
            Audience = Authentication.Audience,
            // Tokens follow the machine's clock, also while a scenario has moved the server's.
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime + _life,
            Claims = claims,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }
}
