using CrisisOps.Proof;
using CrisisOps.Server.History;
using CrisisOps.Server.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Shouldly;

namespace CrisisOps.Server.Tests.History;

/// <summary>What the history can not be signed or anchored with stops the server at its start, and the message never says a secret.</summary>
public sealed class HistorySettingsTests(TestPostgres postgres)
{
    private const string Secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";

    [Theory]
    [InlineData("History:HeadEvery must be a second at least", "HeadEvery", "00:00:00")]
    [InlineData("History:Anchors:0 needs a File or a Webhook", "Anchors:0:Secret", Secret)]
    [InlineData("History:Anchors:0 has a file", "Anchors:0:File", "/tmp/heads", "Anchors:0:Webhook", "https://anchor.example")]
    [InlineData("History:Anchors:0:Webhook must be an absolute URL", "Anchors:0:Webhook", "/heads", "Anchors:0:Secret", Secret)]
    [InlineData("History:Anchors:0:Webhook must be an absolute URL", "Anchors:0:Webhook", "https://user:hush@anchor.example", "Anchors:0:Secret", Secret)]
    [InlineData("History:Anchors:0:Secret must be whsec_", "Anchors:0:Webhook", "https://anchor.example", "Anchors:0:Secret", "hush")]
    [InlineData("History:Anchors:0:Secret must be whsec_", "Anchors:0:Webhook", "https://anchor.example")]
    public void A_value_that_does_not_do_is_named_and_not_shown(string message, params string[] settings)
    {
        var refused = Should.Throw<InvalidOperationException>(() => Read(settings));
        refused.Message.ShouldStartWith(message);
        refused.Message.ShouldNotContain("hush");
    }

    [Fact]
    public void A_name_that_is_none_is_refused() => Should.Throw<InvalidOperationException>(() => Read("HeadsEvery", "00:01:00"));

    [Fact]
    public void The_key_stands_in_no_text() => Read("SigningKey", "hush").ToString().ShouldNotContain("hush");

    [Theory]
    [InlineData("", "History:SigningKey is missing")]
    [InlineData("hush", "History:SigningKey must be")]
    [InlineData("aHVzaA==", "History:SigningKey must be")]
    [InlineData("/nowhere/key.pem", "History:SigningKey must be")]
    public async Task Outside_Development_a_server_without_a_key_that_can_be_read_does_not_start(string key, string message)
    {
        await using var database = await postgres.CreateDatabase();
        await using var server = await ServerProcess.Start(database.ConnectionString, Production(key), ready: false);

        (await server.Exit()).ShouldBe(1);
        server.Output.ShouldContain(line => line.Contains(message, StringComparison.Ordinal));
        server.Output.ShouldNotContain(line => line.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_a_key_in_a_file_it_starts_and_the_keys_of_before_stay_known()
    {
        await using var database = await postgres.CreateDatabase();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Convert.ToBase64String([.. Enumerable.Repeat((byte)5, 32)]), TestContext.Current.CancellationToken);
        await using (await ServerProcess.Start(database.ConnectionString, Production(file)))
        {
            // It runs.
        }

        using var key = SigningKey.FromSeed([.. Enumerable.Repeat((byte)5, 32)]);
        await using var node = await TestNode.Start(database.ConnectionString);
        var keys = (await (await node.As("spec-04")).Get("/v1/history/keys")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().ToArray();

        keys.ShouldContain(k => k.GetProperty("id").GetString() == key.Id && !k.GetProperty("current").GetBoolean());
        keys.Count(k => k.GetProperty("current").GetBoolean()).ShouldBe(1);
        File.Delete(file);
    }

    [Fact]
    public void A_key_in_PEM_is_read_as_openssl_writes_it()
    {
        const string pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";
        using var key = SigningKey.Read(pem).ShouldNotBeNull();
        var signed = new TreeHead(1, default, default, "2027-05-15T14:00:00.000000Z", key.Id).Sign(key);
        signed.SignedBy(PublicKeys.Read(PublicKeys.PemOf(key.PublicKey)).ShouldNotBeNull()).ShouldBeTrue();
    }

    private static Dictionary<string, string> Production(string key) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["History:SigningKey"] = key,
        ["Authentication:Authority"] = "https://issuer.example",
        ["Authentication:Audience"] = "crisisops",
    };

    private static HistorySettings Read(params string[] settings) => HistorySettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Chunk(2).ToDictionary(pair => $"History:{pair[0]}", pair => (string?)pair[1])).Build().GetSection("History"));
}
