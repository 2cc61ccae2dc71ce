using System.Text.Json;
using CrisisOps.Server.Access;
using CrisisOps.Server.Tests.Harness;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shouldly;

namespace CrisisOps.Server.Tests.Problems;

public sealed class BadTokenTests(Untouched server) : IClassFixture<Untouched>
{
    [Theory]
    [InlineData("none at all")]
    [InlineData("empty")]
    [InlineData("garbage")]
    [InlineData("signature cut off")]
    [InlineData("claims changed")]
    [InlineData("another key")]
    [InlineData("alg none")]
    [InlineData("expired")]
    [InlineData("without an end")]
    [InlineData("not yet valid")]
    [InlineData("another audience")]
    [InlineData("another issuer")]
    public async Task A_token_that_is_not_ours_now_is_refused(string wrong)
    {
        var api = server.Node.With(await Token(wrong));

        var post = await server.WritesNothing(key => api.Note(key, "Let me in."));
        var get = await server.WritesNothing(key => api.Get($"/v1/escalations/{key}"));
        var raise = await server.WritesNothing(_ => api.Raise());

        foreach (var answer in (Answer[])[post, get, raise])
        {
            answer.ShouldBeProblem(401, "unauthenticated");
            answer.Headers["WWW-Authenticate"].ShouldContain("Bearer");
        }
    }

    [Fact]
    public async Task A_token_made_as_ours_are_is_accepted_so_the_refusals_above_have_their_own_reasons()
    {
        var key = await server.Key();

        (await server.Node.With(await Token("nothing")).Note(key, "A good token.")).ShouldBe(200);
    }

    [Theory]
    [InlineData("""["system"]""")]
    [InlineData("""["god"]""")]
    [InlineData("""["Specialist"]""")]
    [InlineData("""[]""")]
    public async Task Roles_that_nobody_can_have_give_no_rights(string roles)
    {
        var api = server.Node.With(await Token("nothing", roles));

        (await server.WritesNothing(key => api.Note(key, "Let me in."))).Status.ShouldBeOneOf(403, 404);
        (await server.WritesNothing(_ => api.Raise())).ShouldBeProblem(403, "forbidden", guard: "role");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a\u0000b")]
    public async Task A_token_without_a_usable_subject_is_refused(string? subject)
    {
        var api = server.Node.With(await Token("nothing", subject: subject));

        (await server.WritesNothing(key => api.Note(key, "Who am I?"))).Status.ShouldBeOneOf(401, 403);
    }

    private async Task<string?> Token(string wrong, string roles = """["specialist"]""", string? subject = "spec-04")
    {
        var ours = Convert.FromBase64String(await server.Database.Scalar<string>("select value from crisis.settings where name = 'development-key'"));
        var key = new SymmetricSecurityKey(wrong == "another key" ? new byte[32] : ours);
        var now = DateTime.UtcNow;
        var claims = new Dictionary<string, object> { ["roles"] = JsonSerializer.Deserialize<string[]>(roles)!, ["regions"] = new[] { "*" }, ["clearance"] = "AMBER" };
        if (subject is not null)
        {
            claims["sub"] = subject;
        }

        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        var token = handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = wrong == "another issuer" ? "somebody-else" : Authentication.DevelopmentIssuer,
            Audience = wrong == "another audience" ? "another-service" : Authentication.Audience,
            NotBefore = wrong == "not yet valid" ? now.AddHours(1) : now.AddHours(-2),
            Expires = wrong switch { "expired" => now.AddMinutes(-5), "without an end" => null, _ => now.AddHours(2) },
            Claims = claims,
            SigningCredentials = wrong == "alg none" ? null : new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
        var parts = token.Split('.');
        return wrong switch
        {
            "none at all" => null,
            "empty" => "",
            "garbage" => "abc.def.ghi",
            "signature cut off" => $"{parts[0]}.{parts[1]}.",
            "claims changed" => $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("specialist", "duty-lead", StringComparison.Ordinal))}.{parts[2]}",
            _ => token,
        };
    }
}
