using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>issue-signing-secret, rotate-signing-secret, set-coop-key.</summary>
public sealed class SigningSecretTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_secret_is_issued_read_and_rotated_and_stands_nowhere()
    {
        var (manager, source) = await server.Registered();
        (await Secrets(manager, source)).ShouldBeEmpty();
        (await manager.Give(source, "rotate-signing-secret")).ShouldBeProblem(422, "guard-failed", guard: "secret-issued");
        await manager.Gives(source, "issue-signing-secret");
        (await manager.Give(source, "issue-signing-secret")).ShouldBeProblem(422, "guard-failed", guard: "secret-new");

        var first = (await Secrets(await server.Staff("admin-02", "admin"), source)).ShouldHaveSingleItem();
        first.ShouldStartWith("whsec_");
        Convert.FromBase64String(first["whsec_".Length..]).Length.ShouldBe(32);
        (await manager.Give(source, "rotate-signing-secret", new { overlap = "P8D" })).ShouldBeProblem(422, "guard-failed", guard: "overlap-range");
        await manager.Gives(source, "rotate-signing-secret", new { overlap = "PT1H" });
        var both = await Secrets(manager, source);
        (both.Length, both[1], both[0] == first).ShouldBe((2, first, false));
        await manager.Pass(TimeSpan.FromHours(2));
        (await Secrets(manager, source)).ShouldBe([both[0]]);
        (await server.Database.TablesHolding(first)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_else_reads_a_secret()
    {
        var (manager, source) = await server.Registered();
        await manager.Gives(source, "issue-signing-secret");

        (await (await server.Staff("lead-01", "duty-lead")).Get($"/v1/sources/{source}/signing-secrets")).ShouldBeProblem(403, "forbidden");
        (await (await server.As("pm-03", roles: ["partner-manager"], regions: ["QS"])).Get($"/v1/sources/{source}/signing-secrets")).ShouldBeProblem(404, "not-found");
        (await manager.Get("/v1/sources/PRT-001/signing-secrets")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Coop_signs_with_a_public_key_of_good_length_and_never_a_private_one()
    {
        var (manager, source) = await server.Registered();
        using var good = System.Security.Cryptography.RSA.Create(2048);
        using var small = System.Security.Cryptography.RSA.Create(1024);
        using var curve = System.Security.Cryptography.ECDsa.Create();

        foreach (var pem in new[] { "nonsense", good.ExportPkcs8PrivateKeyPem(), good.ExportRSAPrivateKeyPem(), small.ExportSubjectPublicKeyInfoPem(), curve.ExportSubjectPublicKeyInfoPem() })
        {
            (await manager.Give(source, "set-coop-key", new { publicKeyPem = pem })).ShouldBeProblem(422, "validation", member: "publicKeyPem");
        }

        await manager.Gives(source, "set-coop-key", new { publicKeyPem = good.ExportSubjectPublicKeyInfoPem() });
        (await manager.Read(source)).GetProperty("coopPublicKey").GetString().ShouldBe(good.ExportSubjectPublicKeyInfoPem());
        (await manager.Send(HttpMethod.Post, $"/v1/sources/{source}/set-coop-key", """{"publicKeyPem":null}""")).ShouldBe(200);
        (await manager.Send(HttpMethod.Post, $"/v1/sources/{source}/set-coop-key", """{"publicKeyPem":null}""")).ShouldBeProblem(422, "guard-failed", guard: "change-given");
    }

    private static async Task<string[]> Secrets(Api caller, string source) =>
        [.. (await caller.Get($"/v1/sources/{source}/signing-secrets")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("secret").GetString()!)];
}
