using System.Text.Json;
using CrisisOps.Proof;
using CrisisOps.Proof.Bundles;
using CrisisOps.Server.Channels.Webhook;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Shouldly;

namespace CrisisOps.Server.Tests.History;

/// <summary>Signed heads are kept outside of the database: in a file, and at a webhook.</summary>
public sealed class AnchoringTests(AnchoringServer server) : IClassFixture<AnchoringServer>
{
    private const string Path = AnchoringServer.Path;

    [Fact]
    public async Task An_export_is_anchored_before_it_is_handed_out()
    {
        var crisis = await server.StandUp();

        var bundle = await crisis.Commander.Export(crisis.Key);

        var anchored = await server.Anchored();
        bundle.ShouldBeProven(anchored: anchored).Anchor.ShouldNotBeNull().Own.ShouldBeTrue();
    }

    [Fact]
    public async Task Every_head_is_in_the_file_once_and_goes_to_the_webhook_signed()
    {
        var crisis = await server.StandUp();
        await crisis.Commander.Export(crisis.Key);
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Video down." });
        await crisis.Commander.Export(crisis.Key);

        var sizes = (await File.ReadAllLinesAsync(server.File, TestContext.Current.CancellationToken)).Select(line => JsonSerializer.Deserialize<SignedHead>(line, LineJson.Options)!.Size).ToArray();
        sizes.ShouldBe(sizes.Distinct().Order());
        var (now, keys) = (await crisis.Commander.Now(), await crisis.Commander.HistoryKeys());
        foreach (var request in server.Receiver.Rest(Path))
        {
            var head = JsonSerializer.Deserialize<SignedHead>(request.Body, LineJson.Options)!;
            request.Id.ShouldBe($"head-{head.KeyId}-{head.Size}");
            var headers = new WebhookHeaders(request.Id, request.Headers["webhook-timestamp"], request.Headers["webhook-signature"]);
            WebhookVerification.Verified(headers, request.Body, [server.Key], now).ShouldBeTrue();
            head.SignedBy(keys).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task An_anchor_that_fails_holds_up_nobody_is_seen_and_gets_every_head_when_it_is_back()
    {
        var crisis = await server.StandUp();
        var admin = await server.As("admin-01", roles: ["admin"]);
        server.Receiver.Answers(Path, StatusCodes.Status500InternalServerError);

        (await crisis.Commander.Export(crisis.Key)).ShouldBeProven(anchored: await server.Anchored());
        var failing = Webhook(await admin.Get("/v1/history/anchors"));
        failing.GetProperty("failures").GetInt32().ShouldBeGreaterThan(0);
        failing.GetProperty("why").GetString().ShouldBe("500");

        server.Receiver.Answers(Path, StatusCodes.Status204NoContent);
        await Eventually.Is(async () => Webhook(await admin.Get("/v1/history/anchors")) is var anchor && anchor.GetProperty("failures").GetInt32() == 0
            && anchor.GetProperty("size").GetInt64() == await server.Database.Scalar<long>("select max(size) from crisis.history_heads"), "it has every head");
    }

    [Fact]
    public async Task A_line_that_a_killed_node_has_not_finished_is_no_head()
    {
        var crisis = await server.StandUp();
        await crisis.Commander.Export(crisis.Key);
        await File.AppendAllTextAsync(server.File, "{\"size\":99", TestContext.Current.CancellationToken);
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Video down." });

        await crisis.Commander.Export(crisis.Key);

        var lines = await File.ReadAllLinesAsync(server.File, TestContext.Current.CancellationToken);
        JsonSerializer.Deserialize<SignedHead>(lines[^1], LineJson.Options)!.Size.ShouldBe(await server.Database.Scalar<long>("select max(size) from crisis.history_heads"));
        await File.WriteAllLinesAsync(server.File, lines.Where(line => line != "{\"size\":99"), TestContext.Current.CancellationToken);
    }

    private static JsonElement Webhook(Answer answer) => answer.ShouldBe(200).Json.GetProperty("items").EnumerateArray().Single(a => a.GetProperty("kind").GetString() == "webhook");
}

/// <summary>A server with an anchor of each kind.</summary>
public sealed class AnchoringServer(TestPostgres postgres) : TestServer(postgres)
{
    public const string Path = "/heads";

    private readonly string _folder = Directory.CreateTempSubdirectory("crisisops-anchor").FullName;

    public byte[] Key { get; } = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public string File => System.IO.Path.Combine(_folder, "heads.ndjson");

    public WebhookReceiver Receiver { get; private set; } = null!;

    protected override NodeOptions Options => new()
    {
        Settings = new Dictionary<string, string>
        {
            ["History:Anchors:0:File"] = File,
            ["History:Anchors:1:Webhook"] = Receiver.Url(Path),
            ["History:Anchors:1:Secret"] = $"whsec_{Convert.ToBase64String(Key)}",
        },
    };

    public async Task<AnchoredHeads> Anchored()
    {
        await using var file = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return AnchoredHeads.Read(file).ShouldNotBeNull();
    }

    public override async ValueTask InitializeAsync()
    {
        Receiver = await WebhookReceiver.Start();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Receiver.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
