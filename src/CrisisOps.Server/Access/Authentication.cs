using System.Collections.Concurrent;
using System.Security.Cryptography;
using CrisisOps.Server.Intake;
using CrisisOps.Server.Problems;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CrisisOps.Server.Access;

/// <summary>Tokens of the operator's OpenID Connect issuer; in Development also those of <c>POST /dev/tokens</c>.</summary>
public static class Authentication
{
    public const string DevelopmentIssuer = "crisisops-development";
    public const string Audience = "crisisops";

    private static readonly string[] _asymmetric = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"];

    /// <summary>Reads <c>Authentication:Authority</c> (the issuer) and <c>Authentication:Audience</c>.</summary>
    public static void AddCrisisOpsAuthentication(this WebApplicationBuilder builder)
    {
        var authority = builder.Configuration["Authentication:Authority"];
        var development = builder.Environment.IsDevelopment();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MapInboundClaims = false;
            options.Authority = authority;
            options.RequireHttpsMetadata = !development;
            options.TokenHandlers.Clear();
            options.TokenHandlers.Add(new RememberingTokenHandler());
            options.TokenValidationParameters.ValidAudience = builder.Configuration["Authentication:Audience"] ?? Audience;
            options.TokenValidationParameters.NameClaimType = "sub";
            options.TokenValidationParameters.ValidAlgorithms = development ? [.. _asymmetric, "HS256"] : _asymmetric;
            options.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
            options.Events = new JwtBearerEvents
            {
                // The key of a source is no token: where alerts come in it is looked at, everywhere else it is nobody's.
                OnMessageReceived = context =>
                {
                    if (SourceProof.KeyIn(context.Request.Headers) is { Length: ApiKey.Length } key && !key.Contains('.', StringComparison.Ordinal))
                    {
                        context.NoResult();
                    }

                    return Task.CompletedTask;
                },
                OnChallenge = async context =>
                {
                    context.HandleResponse();
                    await Problem.Unauthenticated.ExecuteAsync(context.HttpContext);
                },
                OnForbidden = context => Problem.Forbidden("Your token does not allow this.").ExecuteAsync(context.HttpContext),
            };
        });
        if (development)
        {
            // The development key is not known before the database is, so it is filled in later.
            builder.Services.AddSingleton<DevelopmentKey>();
            builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<DevelopmentKey>((options, key) =>
            {
                options.TokenValidationParameters.ValidIssuers = [DevelopmentIssuer];
                options.TokenValidationParameters.IssuerSigningKeys = [key.Key];
            });
        }

        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(context => Callers.IsUsable(context.User.FindFirst("sub")?.Value)).Build());
    }
}

/// <summary>The key that signs development tokens: kept in the store, so that tokens outlive a restart and hold on every node.</summary>
public sealed class DevelopmentKey
{
    public SymmetricSecurityKey Key { get; private set; } = new(RandomNumberGenerator.GetBytes(32));

    public void Use(byte[] bytes) => Key = new SymmetricSecurityKey(bytes);
}

/// <summary>Checks each token once and remembers the outcome for a minute: a signature costs more than the rest of the request.</summary>
public sealed class RememberingTokenHandler : JsonWebTokenHandler
{
    private const int Limit = 10_000;
    private static readonly TimeSpan _keep = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (TokenValidationResult Result, long Until)> _checked = new(StringComparer.Ordinal);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var now = Environment.TickCount64;
        if (_checked.TryGetValue(token, out var remembered) && remembered.Until > now && remembered.Result.SecurityToken.ValidTo > TimeProvider.System.GetUtcNow().UtcDateTime)
        {
            return remembered.Result;
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
        {
            if (_checked.Count >= Limit)
            {
                _checked.Clear();
            }

            _checked[token] = (result, now + (long)_keep.TotalMilliseconds);
        }

        return result;
    }
}
