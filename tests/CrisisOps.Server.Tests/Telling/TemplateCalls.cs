using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>Texts of the operator. Each test has a language of its own, so that none reads what another wrote.</summary>
internal static class TemplateCalls
{
    public static async Task Writes(this TestServer server, string kind, string language, string text, string? channel = null, string? audience = null) =>
        (await (await server.As("pio-07", roles: ["communications"])).Put("/v1/templates", new { kind, language, text, channel, audience })).ShouldBe(200);

    /// <summary>A text that would be refused, put into the store by other means; returns when the server knows it.</summary>
    public static async Task Smuggled(this TestServer server, string kind, string language)
    {
        await server.Database.Execute("insert into crisis.templates values ($1, 'any', 'any', $2, 'x {reporter}', 'somebody', now())", kind, language);
        var reader = await server.As("spec-04", roles: ["specialist"]);
        await Eventually.Is(async () => (await reader.Get($"/v1/templates?kind={kind}")).Text.Contains("{reporter}", StringComparison.Ordinal), "the text is known");
    }
}
